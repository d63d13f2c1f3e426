import { type IncomingMessage } from 'node:http';
import { type DemoHost, type DemoServer } from './demoServer';
import { bearerChallenge, bearerToken, refuseBearer } from './support/bearerAuth';
import { createMcpEndpoint } from './support/createMcpEndpoint';
import { rpcMethodOf } from './support/receivedRequests';
import { type Exchange, type HttpBehaviour, sendJson, serveHttp } from './support/serveHttp';
import {
  type AuthorizationServer,
  startAuthorizationServer,
} from './support/startAuthorizationServer';

const readScope = 'issues:read';
const writeScope = 'issues:write';

/** What a tool needs beyond a valid token. */
const scopeOfTool: ReadonlyMap<unknown, string> = new Map([
  ['list_issues', readScope],
  ['create_issue', writeScope],
  ['delete_issue', writeScope],
]);

export const oauth: DemoServer = {
  name: 'oauth',
  description: 'Streamable HTTP, accepts access tokens of its authorization server, with step-up',
  start: (host) => serveHttp(host, (origin) => describeResourceServer(host, origin)),
};

/**
 * The MCP server in its OAuth role. Metadata says who issues its tokens, 401 starts a sign-in
 * with the least scope, and 403 asks for the one that is missing.
 * @see RFC 9728, RFC 6750 section 3.1
 */
async function describeResourceServer(host: DemoHost, origin: string): Promise<HttpBehaviour> {
  const resource = `${origin}/mcp`;
  // RFC 9728 section 3.1: the well-known part goes between host and path.
  const metadataPath = '/.well-known/oauth-protected-resource/mcp';
  const challenge = { resource_metadata: `${origin}${metadataPath}` };
  const scopes = [readScope, writeScope];
  const issuer = await startAuthorizationServer(host, { resource, scopes });
  const answerMcp = createMcpEndpoint();

  const metadata = {
    resource,
    resource_name: 'Demo issues',
    authorization_servers: [issuer.origin],
    scopes_supported: scopes,
    bearer_methods_supported: ['header'],
  };

  function askForScope({ response }: Exchange, scope: string): void {
    const error = { error: 'insufficient_scope', scope };
    const header = bearerChallenge({ ...challenge, ...error });
    sendJson(response, 403, error, { 'WWW-Authenticate': header });
  }

  return {
    judge: async (request) => {
      if (request.headers.authorization === undefined) return { credential: 'none' };
      const scopes = await scopesOf(request, issuer, resource);
      return scopes === undefined ? { credential: 'wrong' } : { credential: 'right', scopes };
    },
    answer: (exchange) => {
      if (exchange.path === metadataPath) return sendJson(exchange.response, 200, metadata);
      if (exchange.path !== '/mcp') return sendJson(exchange.response, 404, { error: 'Not found' });
      if (exchange.credential !== 'right') {
        return refuseBearer(exchange.response, exchange, { ...challenge, scope: readScope });
      }
      const missing = neededScopes(exchange.body).find((scope) => !exchange.scopes?.has(scope));
      return missing === undefined ? answerMcp(exchange) : askForScope(exchange, missing);
    },
  };
}

/** The scopes of a token that is alive and meant for this resource, otherwise undefined. */
async function scopesOf(
  request: IncomingMessage,
  issuer: AuthorizationServer,
  resource: string,
): Promise<ReadonlySet<string> | undefined> {
  const token = await issuer.findAccessToken(bearerToken(request) ?? '');
  // A token for another audience is another server's: taking it would be token passthrough.
  return token?.audience === resource ? token.scopes : undefined;
}

/** One scope per tool call in the body, which is one message or, from older clients, a batch. */
function neededScopes(body: unknown): readonly string[] {
  return [body].flat().flatMap((message: unknown) => {
    if (rpcMethodOf(message) !== 'tools/call') return [];
    const { params } = message as { params?: { name?: unknown } };
    return scopeOfTool.get(params?.name) ?? [];
  });
}
