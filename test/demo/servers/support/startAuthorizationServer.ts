import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import Provider, { type KoaContextWithOIDC } from 'oidc-provider';
import { type DemoHost } from '../demoServer';
import { answerInteraction } from './answerInteraction';
import { configureProvider } from './authorizationConfiguration';
import { createKnownClients, type Introductions } from './knownClients';
import { createMemoryStorage } from './memoryStorage';
import { type OAuthSwitches } from './oauthSwitches';
import { provideUrlParse } from './provideUrlParse';
import { describeOAuthRequest, type OAuthRequestSeen } from './receivedOAuth';
import { pathOf, sendJson } from './serveHttp';

/** What the demo's authorization server knows about one MCP server. */
export interface ProtectedResource {
  readonly resource: string;
  readonly scopes: readonly string[];
}

export interface AccessToken {
  readonly audience: string | undefined;
  readonly scopes: ReadonlySet<string>;
  /** The thumbprint of the key without which the token is worth nothing. @see RFC 9449 section 6 */
  readonly keyThumbprint: string | undefined;
}

export interface AuthorizationServer {
  /** The issuer identifier. */
  readonly origin: string;
  /** What the requests said that the library understood, in order. */
  readonly seen: readonly OAuthRequestSeen[];
  /**
   * What an access token stands for, or undefined when it was never issued, has expired or
   * was revoked. A resource server on another machine would ask the introspection endpoint.
   * @see RFC 7662
   */
  findAccessToken(token: string): Promise<AccessToken | undefined>;
  /** Whether a refresh token would still be taken. */
  isRefreshTokenAlive(token: string): Promise<boolean>;
}

const openIdMetadata = '/.well-known/openid-configuration';
const oauthMetadata = '/.well-known/oauth-authorization-server';

/**
 * Starts a certified authorization server on an origin of its own: discovery, registration, PKCE,
 * resource indicators, refresh and revocation, and what the switches add or take away.
 */
export async function startAuthorizationServer(
  host: DemoHost,
  protectedResource: ProtectedResource,
  switches: OAuthSwitches,
  { metadata }: Introductions = createKnownClients(),
): Promise<AuthorizationServer> {
  provideUrlParse();
  const server = createServer();
  const origin = `http://127.0.0.1:${await host.listen(server)}`;
  const storage = createMemoryStorage();
  const provider = new Provider(origin, {
    adapter: storage.adapter,
    ...configureProvider(switches, protectedResource, metadata(switches, protectedResource.scopes)),
  });
  host.onExpireAccessTokens(storage.expireAccessTokens);
  const seen: OAuthRequestSeen[] = [];
  provider.use(async (context, next) => {
    await next();
    // Undefined where the path is none of the library's.
    const { oidc } = context as { readonly oidc?: KoaContextWithOIDC['oidc'] };
    if (oidc === undefined) return;
    alterAnswer(context as KoaContextWithOIDC, origin, switches);
    seen.push(describeOAuthRequest(context as KoaContextWithOIDC));
  });
  const answerOAuth = provider.callback();

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const path = pathOf(request);
    host.received.add({
      method: request.method ?? '',
      url: path,
      headerNames: Object.keys(request.headers),
      credential: 'none',
      rpcMethod: undefined,
    });
    if (path.startsWith('/interaction/')) {
      const settings = { ...protectedResource, consent: switches.consent };
      answerInteraction(provider, settings, { request, response }).catch(() =>
        sendJson(response, 400, { error: 'This sign-in has ended; start it again' }),
      );
      return;
    }
    const hidden = { both: undefined, openid: oauthMetadata, rfc8414: openIdMetadata };
    if (path === hidden[switches.metadata]) {
      sendJson(response, 404, { error: 'not_found' });
      return;
    }
    // The library knows only OpenID's name of the document that RFC 8414 section 3 calls so.
    if (path === oauthMetadata) request.url = openIdMetadata;
    void answerOAuth(request, response);
  });

  return {
    origin,
    seen,
    findAccessToken: async (value) => {
      const token =
        (await provider.AccessToken.find(value)) ?? (await provider.ClientCredentials.find(value));
      if (token === undefined) return undefined;
      const [audience] = [token.aud].flat();
      return { audience, scopes: token.scopes, keyThumbprint: token.jkt };
    },
    isRefreshTokenAlive: async (value) => {
      const token = await provider.RefreshToken.find(value);
      return token !== undefined && token.consumed === undefined;
    },
  };
}

/** What the library cannot be told to leave out or to say wrong. */
function alterAnswer(
  context: KoaContextWithOIDC,
  origin: string,
  { iss, changeMetadata }: OAuthSwitches,
): void {
  if (context.oidc.route === 'discovery') {
    const metadata = { ...(context.body as Record<string, unknown>) };
    if (iss === 'off') delete metadata['authorization_response_iss_parameter_supported'];
    context.body = changeMetadata(metadata);
  }
  const location = context.response.get('location');
  if (iss === 'on' || !URL.canParse(location)) return;
  const target = new URL(location);
  if (target.origin === origin || !target.searchParams.has('iss')) return;
  if (iss === 'off') target.searchParams.delete('iss');
  else target.searchParams.set('iss', 'https://other-issuer.example');
  context.set('Location', target.href);
}
