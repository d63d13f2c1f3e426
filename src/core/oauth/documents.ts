import { isObject, stringsIn, type JsonObject } from '../base/jsonObject';
import { foreign, SignInError, type DocumentName } from './failure';
import type { StepName } from './steps';
import { judgeUrl } from './urlPolicy';

/** What an MCP server says of itself. @see RFC 9728 §2 */
export interface ResourceMetadata {
  /** Where it stands. */
  readonly url: string;
  /** As published, byte for byte. */
  readonly resource: string;
  readonly authorizationServers: readonly string[];
  readonly scopes: readonly string[];
  readonly name?: string;
  readonly requiresDpop: boolean;
}

/** What an authorization server says of itself. @see RFC 8414 §2 */
export interface ServerMetadata {
  /** As published, byte for byte. */
  readonly issuer: string;
  readonly authorizationEndpoint?: string;
  readonly tokenEndpoint: string;
  readonly registrationEndpoint?: string;
  readonly revocationEndpoint?: string;
  readonly deviceAuthorizationEndpoint?: string;
  readonly scopes: readonly string[];
  /** Absent: it says nothing of PKCE. */
  readonly codeChallengeMethods?: readonly string[];
  readonly tokenEndpointAuthMethods?: readonly string[];
  readonly dpopAlgorithms: readonly string[];
  /** @see RFC 9207 §3 */
  readonly sendsIssuer: boolean;
  readonly takesClientMetadataDocument: boolean;
}

/** A server may list any number; more than these are neither used nor shown. */
const maxListed = 200;

/** A JSON object. @throws SignInError */
export function readDocument(body: string, document: DocumentName, step: StepName): JsonObject {
  const json = parse(body);
  if (!isObject(json)) {
    throw new SignInError({ kind: 'document-invalid', document, flaw: 'no JSON object' }, step);
  }
  return json;
}

/** Total. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @throws SignInError when it is about another resource than `serverUrl` */
export function readResourceMetadata(
  json: JsonObject,
  url: string,
  serverUrl: string,
): ResourceMetadata {
  const step = 'resource-metadata';
  const { resource, authorization_servers: servers, scopes_supported: scopes } = json;
  if (typeof resource !== 'string') {
    throw invalid('resource metadata', 'resource', step);
  }
  if (!coversServer(resource, serverUrl)) {
    const failure = { resource: foreign(resource), serverUrl: foreign(withoutQuery(serverUrl)) };
    throw new SignInError({ kind: 'resource-mismatch', ...failure }, step);
  }
  const authorizationServers = stringsIn(servers).slice(0, maxListed);
  if (authorizationServers.length === 0) {
    throw invalid('resource metadata', 'authorization_servers', step);
  }
  return {
    url,
    resource,
    authorizationServers: [...new Set(authorizationServers)],
    scopes: scopesIn(scopes),
    ...(typeof json['resource_name'] === 'string' && { name: foreign(json['resource_name']) }),
    requiresDpop: json['dpop_bound_access_tokens_required'] === true,
  };
}

/**
 * Whether tokens for `resource` may be sent to `serverUrl`: the same origin, and its path or one
 * above it by whole segments.
 * @see RFC 9728 §3.3
 */
export function coversServer(resource: string, serverUrl: string): boolean {
  const judged = judgeUrl(resource, true);
  if (judged.kind === 'refused' || !URL.canParse(serverUrl)) {
    return false;
  }
  const [own, server] = [judged.url, new URL(serverUrl)];
  const folder = own.pathname.endsWith('/') ? own.pathname : `${own.pathname}/`;
  return (
    own.origin === server.origin &&
    (own.search === '' || own.search === server.search) &&
    `${server.pathname}/`.startsWith(folder)
  );
}

/** @throws SignInError when it is of another issuer, or names an address that is not to be used */
export function readServerMetadata(
  json: JsonObject,
  expectedIssuer: string,
  isLocal: boolean,
): ServerMetadata {
  const step = 'server-metadata';
  const { issuer } = json;
  if (typeof issuer !== 'string') {
    throw invalid('authorization server metadata', 'issuer', step);
  }
  if (issuer !== expectedIssuer) {
    const failure = { expected: foreign(expectedIssuer), found: foreign(issuer) };
    throw new SignInError({ kind: 'issuer-mismatch', ...failure }, step);
  }

  function endpoint(field: string): string | undefined {
    const value = json[field];
    if (value === undefined || value === null) {
      return undefined;
    }
    const judged = judgeUrl(value, isLocal);
    if (judged.kind === 'refused') {
      throw new SignInError({ kind: 'url-refused', field, problem: judged.problem }, step);
    }
    return judged.url.href;
  }

  const tokenEndpoint = endpoint('token_endpoint');
  if (tokenEndpoint === undefined) {
    throw invalid('authorization server metadata', 'token_endpoint', step);
  }
  const challengeMethods = json['code_challenge_methods_supported'];
  const authMethods = json['token_endpoint_auth_methods_supported'];
  return {
    issuer,
    tokenEndpoint,
    ...optional('authorizationEndpoint', endpoint('authorization_endpoint')),
    ...optional('registrationEndpoint', endpoint('registration_endpoint')),
    ...optional('revocationEndpoint', endpoint('revocation_endpoint')),
    ...optional('deviceAuthorizationEndpoint', endpoint('device_authorization_endpoint')),
    scopes: scopesIn(json['scopes_supported']),
    ...(Array.isArray(challengeMethods) && { codeChallengeMethods: stringsIn(challengeMethods) }),
    ...(Array.isArray(authMethods) && { tokenEndpointAuthMethods: stringsIn(authMethods) }),
    dpopAlgorithms: stringsIn(json['dpop_signing_alg_values_supported']),
    sendsIssuer: json['authorization_response_iss_parameter_supported'] === true,
    takesClientMetadataDocument: json['client_id_metadata_document_supported'] === true,
  };
}

/** An object with `name` where there is a value for it. */
export function optional<K extends string, T>(
  name: K,
  value: T | undefined,
): { readonly [P in K]?: T } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [P in K]?: T };
}

function withoutQuery(url: string): string {
  return URL.canParse(url) ? new URL(url).origin + new URL(url).pathname : url;
}

/** Scopes by their grammar; what is none cannot be asked for. @see RFC 6749 §3.3 */
function scopesIn(value: unknown): readonly string[] {
  return stringsIn(value)
    .filter((scope) => /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/.test(scope))
    .slice(0, maxListed);
}

function invalid(document: DocumentName, field: string, step: StepName): SignInError {
  return new SignInError({ kind: 'document-invalid', document, flaw: `no “${field}”` }, step);
}
