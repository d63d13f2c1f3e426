import { isObject, type JsonObject } from '../base/jsonObject';
import { readChallenge, type ServerChallenge } from './challenge';
import {
  parse,
  readDocument,
  readResourceMetadata,
  readServerMetadata,
  type ResourceMetadata,
  type ServerMetadata,
} from './documents';
import { foreign, SignInError, type DocumentName } from './failure';
import { takeStep, type Flow, type Send } from './flow';
import type { StepName } from './steps';
import { judgeUrl } from './urlPolicy';

/** What a server is asked with before anything is known of it. */
export interface DiscoveryTarget {
  readonly serverUrl: string;
  /** The values of `WWW-Authenticate` of its 401 or 403; none where it was not asked. */
  readonly challenge: readonly string[];
  /** The issuer of earlier sign-ins: taken where the server still names it. */
  readonly preferredIssuer?: string;
}

export interface Discovered {
  readonly challenge: ServerChallenge;
  /** Goes into every request, byte for byte. @see RFC 8707 §2 */
  readonly resource: string;
  /** Absent: the server follows the revision 2025-03-26, or none. */
  readonly resourceMetadata?: ResourceMetadata;
  readonly server: ServerMetadata;
}

/** Asked where a server names several issuers and none was used before; undefined: cancelled. */
export type ChooseIssuer = (issuers: readonly string[]) => Promise<string | undefined>;

/**
 * Finds who issues tokens for a server, from its challenge or the places the specification names.
 * @throws SignInError
 * @see RFC 9728, RFC 8414, MCP 2026-07-28 authorization server discovery
 */
export async function discoverIn(
  flow: Flow,
  target: DiscoveryTarget,
  chooseIssuer?: ChooseIssuer,
): Promise<Discovered> {
  const judged = judgeUrl(target.serverUrl.replace(/#.*$/s, ''), flow.isLocal);
  if (judged.kind === 'refused') {
    const failure = { kind: 'url-refused', field: 'server URL', problem: judged.problem } as const;
    throw new SignInError(failure, 'challenge');
  }
  const challenge = readChallenge(target.challenge);
  const resourceMetadata = await findResourceMetadata(flow, judged.url, challenge);
  if (resourceMetadata === undefined) {
    const server = await findServerOfOrigin(flow, judged.url.origin);
    return { challenge, resource: canonicalResource(judged.url), server };
  }
  const server = await findServer(flow, resourceMetadata, target.preferredIssuer, chooseIssuer);
  return { challenge, resource: resourceMetadata.resource, resourceMetadata, server };
}

/** Without fragment and needless slash. @see MCP 2026-07-28 authorization, canonical server URI */
function canonicalResource(url: URL): string {
  return url.pathname === '/' && url.search === '' ? url.origin : url.href;
}

async function findResourceMetadata(
  flow: Flow,
  serverUrl: URL,
  { resourceMetadata: named }: ServerChallenge,
): Promise<ResourceMetadata | undefined> {
  const step = 'resource-metadata';
  const read = (json: JsonObject, url: string) => {
    const metadata = readResourceMetadata(json, url, serverUrl.href);
    const { resource, authorizationServers, scopes } = metadata;
    return {
      value: metadata,
      read: [
        ['resource', resource],
        ['authorization_servers', authorizationServers.join(' ')],
        ['scopes_supported', scopes.join(' ')],
      ] as const,
    };
  };
  const { origin, pathname } = serverUrl;
  const wellKnown = `${origin}/.well-known/oauth-protected-resource`;
  const named1 = await checkNamed(flow, named, origin);
  const path = pathname === '/' ? [] : [`${wellKnown}${pathname}`];
  const places = [...(named1 === undefined ? [] : [named1]), ...path, wellKnown];
  for (const place of new Set(places)) {
    const found = await askDocument(flow, step, 'resource metadata', place, {
      isNamed: place === named1,
      read,
    });
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** What a challenge names counts on the origin of the server alone. @see RFC 9728 §7.7 */
async function checkNamed(
  flow: Flow,
  named: string | undefined,
  origin: string,
): Promise<string | undefined> {
  if (named === undefined) {
    return undefined;
  }
  const judged = judgeUrl(named, flow.isLocal);
  if (judged.kind === 'allowed' && judged.url.origin === origin) {
    return judged.url.href;
  }
  await takeStep(flow, 'challenge', async () => ({
    value: undefined,
    outcome: 'skipped',
    read: [['resource_metadata', named]],
    remark: 'The challenge names resource metadata outside of the server. It was not asked for.',
  }));
  return undefined;
}

async function findServer(
  flow: Flow,
  { authorizationServers: issuers }: ResourceMetadata,
  preferred: string | undefined,
  chooseIssuer: ChooseIssuer | undefined,
): Promise<ServerMetadata> {
  if (issuers.length === 1) {
    return askServer(flow, issuers[0] ?? '');
  }
  const isKnown = preferred !== undefined && issuers.includes(preferred);
  const chosen = await takeStep(flow, 'choose-issuer', async () => {
    const value = isKnown ? preferred : await chooseIssuer?.(issuers.map(foreign));
    if (value === undefined && chooseIssuer !== undefined) {
      throw new SignInError({ kind: 'cancelled' }, 'choose-issuer');
    }
    return { value, read: [['authorization_servers', issuers.join(' ')]] };
  });
  if (chosen !== undefined) {
    return askServer(flow, issuers.find((issuer) => foreign(issuer) === chosen) ?? chosen);
  }
  let failure: unknown;
  for (const issuer of issuers.slice(0, 5)) {
    try {
      return await askServer(flow, issuer);
    } catch (error) {
      if (!(error instanceof SignInError) || error.failure.kind === 'cancelled') {
        throw error;
      }
      failure ??= error;
    }
  }
  throw failure;
}

/** @throws SignInError */
async function askServer(flow: Flow, issuer: string): Promise<ServerMetadata> {
  const step = 'server-metadata';
  const judged = judgeUrl(issuer, flow.isLocal);
  if (judged.kind === 'refused' || judged.url.search !== '') {
    const problem = judged.kind === 'refused' ? judged.problem : 'unreadable';
    throw new SignInError({ kind: 'url-refused', field: 'authorization_servers', problem }, step);
  }
  const { origin, pathname } = judged.url;
  const server = await askPlaces(flow, issuer, serverMetadataPlaces(origin, pathname));
  if (server === undefined) {
    throw new SignInError({ kind: 'metadata-missing', issuer: foreign(issuer) }, step);
  }
  return server;
}

/** @see RFC 8414 §3.1, OpenID Connect Discovery §4, MCP 2026-07-28 */
function serverMetadataPlaces(origin: string, pathname: string): readonly string[] {
  const path = pathname.replace(/\/$/, '');
  const [oauth, openid] = [
    '/.well-known/oauth-authorization-server',
    '/.well-known/openid-configuration',
  ];
  return path === ''
    ? [`${origin}${oauth}`, `${origin}${openid}`]
    : [`${origin}${oauth}${path}`, `${origin}${openid}${path}`, `${origin}${path}${openid}`];
}

async function askPlaces(
  flow: Flow,
  issuer: string,
  places: readonly string[],
): Promise<ServerMetadata | undefined> {
  for (const place of places) {
    const found = await askDocument(
      flow,
      'server-metadata',
      'authorization server metadata',
      place,
      {
        isNamed: false,
        read: (json) => {
          const server = readServerMetadata(json, issuer, flow.isLocal);
          return { value: server, read: shownServer(server) };
        },
      },
    );
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function shownServer(server: ServerMetadata): readonly (readonly [string, string])[] {
  const methods = server.codeChallengeMethods?.join(' ') ?? 'absent';
  return [
    ['issuer', server.issuer],
    ['authorization_endpoint', server.authorizationEndpoint ?? 'absent'],
    ['token_endpoint', server.tokenEndpoint],
    ['registration_endpoint', server.registrationEndpoint ?? 'absent'],
    ['code_challenge_methods_supported', methods],
    ['client_id_metadata_document_supported', String(server.takesClientMetadataDocument)],
    ['scopes_supported', server.scopes.join(' ')],
  ];
}

/** The server is its own issuer, at fixed places where it says nothing. @see MCP 2025-03-26 */
async function findServerOfOrigin(flow: Flow, origin: string): Promise<ServerMetadata> {
  const found = await askPlaces(flow, origin, serverMetadataPlaces(origin, ''));
  if (found !== undefined) {
    return found;
  }
  return takeStep(flow, 'server-metadata', async () => ({
    value: {
      issuer: origin,
      authorizationEndpoint: `${origin}/authorize`,
      tokenEndpoint: `${origin}/token`,
      registrationEndpoint: `${origin}/register`,
      scopes: [],
      codeChallengeMethods: ['S256'],
      dpopAlgorithms: [],
      sendsIssuer: false,
      takesClientMetadataDocument: false,
    },
    outcome: 'skipped',
    remark:
      'The server publishes no metadata. The addresses of the revision 2025-03-26 are tried: ' +
      '/authorize, /token and /register.',
  }));
}

interface DocumentReader<T> {
  /** Whether the server itself said where it stands. */
  readonly isNamed: boolean;
  read(
    json: JsonObject,
    url: string,
  ): { readonly value: T; readonly read: readonly (readonly [string, string])[] };
}

/** Undefined where there is none. @throws SignInError */
async function askDocument<T>(
  flow: Flow,
  step: StepName,
  document: DocumentName,
  url: string,
  { isNamed, read }: DocumentReader<T>,
): Promise<T | undefined> {
  return takeStep<T | undefined>(flow, step, async (send) => {
    const { status, body } = await getOnOrigin(send, url);
    if (status >= 500 || status === 429) {
      const { host } = new URL(url);
      throw new SignInError({ kind: 'unexpected-status', document, host, status }, step);
    }
    // A site that answers each unknown path with its start page has no document there.
    if (status !== 200 || (!isNamed && !isObject(parse(body)))) {
      return { value: undefined, outcome: 'not-there' };
    }
    return read(readDocument(body, document, step), url);
  });
}

const maxRedirects = 3;

/** Follows redirects within the origin; of another the redirect itself is the answer. */
async function getOnOrigin(
  send: Send,
  url: string,
): Promise<{ readonly status: number; readonly body: string }> {
  const headers = { accept: 'application/json', 'mcp-protocol-version': '2025-11-25' };
  let place = new URL(url);
  for (let followed = 0; ; followed += 1) {
    const answer = await send({ method: 'GET', url: place.href, headers });
    const location = answer.headers['location']?.[0] ?? '';
    const isRedirect = answer.status >= 300 && answer.status < 400 && followed < maxRedirects;
    const next =
      isRedirect && URL.canParse(location, place.href) ? new URL(location, place) : undefined;
    if (next?.origin !== place.origin || next.username !== '' || next.password !== '') {
      return answer;
    }
    next.hash = '';
    place = next;
  }
}
