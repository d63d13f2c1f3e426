import type { ServerMetadata } from './documents';
import { judgeUrl } from './urlPolicy';

/** How a client proves itself at the token endpoint. */
export type ClientAuthMethod =
  'none' | 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt';

/** A key in PKCS #8, as PEM, and the algorithm it signs with. */
export interface ClientKey {
  readonly pem: string;
  readonly algorithm: string;
  readonly id?: string;
}

/** A client that an administrator or a person registered. */
export interface EnteredClient {
  /** Where it was registered; absent: at the first issuer that it is used with. */
  readonly issuer?: string;
  readonly clientId: string;
  readonly clientSecret?: string;
  readonly key?: ClientKey;
}

/** A client at its issuer, to be kept: nothing of it is ever sent to another. */
export interface OAuthClient extends EnteredClient {
  readonly issuer: string;
  readonly source: 'entered' | 'metadata-document' | 'registered';
  readonly authMethod: ClientAuthMethod;
  /** The one origin that sees its secret. */
  readonly tokenEndpointOrigin: string;
  /** What was registered; absent where we do not know. */
  readonly redirectUri?: string;
  /** Milliseconds since 1970; absent: never. */
  readonly secretExpiresAt?: number;
}

/** Who we are, in every form that a server may want. */
export interface ClientIdentity {
  /** Shown by login pages. */
  readonly name: string;
  readonly entered?: EnteredClient;
  /** An https address with a path. @see draft-ietf-oauth-client-id-metadata-document */
  readonly metadataDocument?: string;
  /** Registered earlier, at any issuer. */
  readonly kept: readonly OAuthClient[];
}

/** Which client id is used, before anything is sent to get it. */
export type ClientChoice =
  | { readonly kind: 'client'; readonly client: OAuthClient }
  | { readonly kind: 'register'; readonly endpoint: string }
  | { readonly kind: 'needed' }
  | { readonly kind: 'elsewhere'; readonly clientIssuer: string }
  | { readonly kind: 'moved'; readonly from: string; readonly to: string };

/**
 * Pre-registered, then a metadata document, then registration, then a question.
 * @param now milliseconds since 1970
 * @see MCP 2026-07-28 authorization, client registration approaches
 */
export function chooseClient(
  server: ServerMetadata,
  identity: ClientIdentity,
  redirectUri: string,
  now: number,
): ClientChoice {
  const { entered, metadataDocument } = identity;
  const tokenEndpointOrigin = new URL(server.tokenEndpoint).origin;
  const isHere = (client: OAuthClient) => client.issuer === server.issuer;
  if (entered !== undefined) {
    if (entered.issuer !== undefined && entered.issuer !== server.issuer) {
      return { kind: 'elsewhere', clientIssuer: entered.issuer };
    }
    const used = identity.kept.find(
      (client) => isHere(client) && client.clientId === entered.clientId,
    );
    if (used !== undefined && used.tokenEndpointOrigin !== tokenEndpointOrigin) {
      return { kind: 'moved', from: used.tokenEndpointOrigin, to: tokenEndpointOrigin };
    }
    const { issuer } = server;
    const authMethod = authMethodFor(entered, server);
    const client = {
      ...entered,
      issuer,
      source: 'entered',
      authMethod,
      tokenEndpointOrigin,
    } as const;
    return { kind: 'client', client };
  }
  if (server.takesClientMetadataDocument && isMetadataDocument(metadataDocument)) {
    const client = {
      issuer: server.issuer,
      clientId: metadataDocument,
      source: 'metadata-document',
      authMethod: 'none',
      tokenEndpointOrigin,
    } as const;
    return { kind: 'client', client };
  }
  const kept = identity.kept.find(
    (client) =>
      isHere(client) &&
      client.source === 'registered' &&
      client.tokenEndpointOrigin === tokenEndpointOrigin &&
      (client.secretExpiresAt === undefined || client.secretExpiresAt > now) &&
      isSameRedirect(client.redirectUri, redirectUri),
  );
  if (kept !== undefined) {
    return { kind: 'client', client: kept };
  }
  return server.registrationEndpoint === undefined
    ? { kind: 'needed' }
    : { kind: 'register', endpoint: server.registrationEndpoint };
}

/** Of two ways that both sides know the one that shows the secret least. @see RFC 8414 §2 */
export function authMethodFor(
  { clientSecret, key }: Pick<EnteredClient, 'clientSecret' | 'key'>,
  { tokenEndpointAuthMethods }: ServerMetadata,
): ClientAuthMethod {
  if (key !== undefined) {
    return 'private_key_jwt';
  }
  if (clientSecret === undefined) {
    return 'none';
  }
  const known = ['client_secret_basic', 'client_secret_post'] as const;
  const offered = known.find((method) => tokenEndpointAuthMethods?.includes(method));
  const takesNone = tokenEndpointAuthMethods?.includes('none') === true;
  return offered ?? (takesNone ? 'none' : 'client_secret_basic');
}

function isMetadataDocument(url: string | undefined): url is string {
  const judged = judgeUrl(url, false);
  return (
    judged.kind === 'allowed' && judged.url.protocol === 'https:' && judged.url.pathname !== '/'
  );
}

/** On loopback any port will do. @see RFC 8252 §7.3 */
function isSameRedirect(registered: string | undefined, redirectUri: string): boolean {
  return (
    registered !== undefined && withoutLoopbackPort(registered) === withoutLoopbackPort(redirectUri)
  );
}

function withoutLoopbackPort(text: string): string {
  return text.replace(/^(http:\/\/(?:127\.0\.0\.1|\[::1\])):\d+/, '$1');
}
