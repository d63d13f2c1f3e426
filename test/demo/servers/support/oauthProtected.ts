import { randomUUID } from 'node:crypto';
import { type IncomingMessage } from 'node:http';
import { bearerChallenge, bearerToken, refuseBearer } from './bearerAuth';
import { createMcpEndpoint } from './createMcpEndpoint';
import { type OAuthSwitches } from './oauthSwitches';
import { rpcMethodOf } from './receivedRequests';
import { type Exchange, type HttpBehaviour, type Judgement, pathOf, sendJson } from './serveHttp';
import { type AccessToken, type AuthorizationServer } from './startAuthorizationServer';
import { findProofError } from './verifyProof';

export const readScope = 'issues:read';
export const writeScope = 'issues:write';
export const demoScopes = [readScope, writeScope] as const;

/** What a tool needs beyond a valid token. */
const scopeOfTool: ReadonlyMap<unknown, string> = new Map([
  ['list_issues', readScope],
  ['create_issue', writeScope],
  ['delete_issue', writeScope],
]);

// RFC 9728 section 3.1: the well-known part goes between host and path.
const metadataPath = '/.well-known/oauth-protected-resource/mcp';

/**
 * The MCP server in its OAuth role. Metadata says who issues its tokens, 401 starts a sign-in
 * with the least scope, and 403 asks for the one that is missing.
 * @param issuers whose tokens are taken, in the order in which they are named
 * @see RFC 9728, RFC 6750 section 3.1, RFC 9449 section 7
 */
export function oauthProtected(
  origin: string,
  issuers: readonly AuthorizationServer[],
  { dpop }: Pick<OAuthSwitches, 'dpop'>,
): HttpBehaviour {
  const resource = `${origin}/mcp`;
  const challenge = { resource_metadata: `${origin}${metadataPath}` };
  const answerMcp = createMcpEndpoint();
  const nonce = dpop === 'nonce' ? randomUUID() : undefined;
  const usedIds = new Set<unknown>();

  const metadata = {
    resource,
    resource_name: 'Demo issues',
    authorization_servers: issuers.map(({ origin: issuer }) => issuer),
    scopes_supported: demoScopes,
    bearer_methods_supported: ['header'],
    ...(dpop !== 'off' && { dpop_signing_alg_values_supported: ['ES256'] }),
    ...((dpop === 'required' || dpop === 'nonce') && { dpop_bound_access_tokens_required: true }),
  };

  /** Refuses a token that is bound to a key with a challenge of its own scheme. */
  function askForProof({ response }: Exchange, error: string): void {
    const parameters = bearerChallenge({ ...challenge, error, algs: 'ES256' });
    const header = parameters.replace('Bearer', 'DPoP');
    const fresh = nonce === undefined ? {} : { 'DPoP-Nonce': nonce };
    sendJson(response, 401, { error }, { 'WWW-Authenticate': header, ...fresh });
  }

  function askForScope({ response }: Exchange, scope: string): void {
    const error = { error: 'insufficient_scope', scope };
    const header = bearerChallenge({ ...challenge, ...error });
    sendJson(response, 403, error, { 'WWW-Authenticate': header });
  }

  /** The proof that a bound token needs: what is wrong with it, if the token is good. */
  function proofErrorOf(request: IncomingMessage, value: string, token: AccessToken) {
    const { keyThumbprint } = token;
    if (keyThumbprint === undefined) return undefined;
    const proof = request.headers['dpop'];
    if (!isProofScheme(request) || typeof proof !== 'string') return 'invalid_dpop_proof';
    return findProofError(proof, {
      method: request.method ?? '',
      url: `${origin}${pathOf(request)}`,
      accessToken: value,
      keyThumbprint,
      nonce,
      usedIds,
    });
  }

  return {
    judge: async (request): Promise<Judgement> => {
      if (request.headers.authorization === undefined) return { credential: 'none' };
      const value = bearerToken(request) ?? proofToken(request) ?? '';
      const token = await findToken(value, issuers);
      // A token for another audience is another server's: taking it would be token passthrough.
      if (token?.audience !== resource) return { credential: 'wrong' };
      const error = proofErrorOf(request, value, token);
      return error === undefined
        ? { credential: 'right', scopes: token.scopes }
        : { credential: 'wrong', proofError: error };
    },
    answer: (exchange) => {
      if (exchange.path === metadataPath) return sendJson(exchange.response, 200, metadata);
      if (exchange.path !== '/mcp') return sendJson(exchange.response, 404, { error: 'Not found' });
      if (exchange.proofError !== undefined) return askForProof(exchange, exchange.proofError);
      if (exchange.credential !== 'right') {
        return refuseBearer(exchange.response, exchange, { ...challenge, scope: readScope });
      }
      const missing = neededScopes(exchange.body).find((scope) => !exchange.scopes?.has(scope));
      return missing === undefined ? answerMcp(exchange) : askForScope(exchange, missing);
    },
  };
}

async function findToken(
  value: string,
  issuers: readonly AuthorizationServer[],
): Promise<AccessToken | undefined> {
  for (const issuer of issuers) {
    const token = await issuer.findAccessToken(value);
    if (token !== undefined) return token;
  }
  return undefined;
}

function isProofScheme(request: IncomingMessage): boolean {
  return proofToken(request) !== undefined;
}

function proofToken(request: IncomingMessage): string | undefined {
  return /^DPoP +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

/** One scope per tool call in the body, which is one message or, from older clients, a batch. */
function neededScopes(body: unknown): readonly string[] {
  return [body].flat().flatMap((message: unknown) => {
    if (rpcMethodOf(message) !== 'tools/call') return [];
    const { params } = message as { params?: { name?: unknown } };
    return scopeOfTool.get(params?.name) ?? [];
  });
}
