import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import Provider, { type Configuration, errors } from 'oidc-provider';
import { type DemoHost } from '../demoServer';
import { answerInteraction } from './answerInteraction';
import { createMemoryStorage } from './memoryStorage';
import { provideUrlParse } from './provideUrlParse';
import { pathOf, sendJson } from './serveHttp';

/** What the demo's authorization server knows about one MCP server. */
export interface ProtectedResource {
  readonly resource: string;
  readonly scopes: readonly string[];
}

export interface AccessToken {
  readonly audience: string | undefined;
  readonly scopes: ReadonlySet<string>;
}

export interface AuthorizationServer {
  /** The issuer identifier. */
  readonly origin: string;
  /**
   * What an access token stands for, or undefined when it was never issued, has expired or
   * was revoked. A resource server on another machine would ask the introspection endpoint.
   * @see RFC 7662
   */
  findAccessToken(token: string): Promise<AccessToken | undefined>;
}

/**
 * Starts a certified authorization server on an origin of its own: discovery, dynamic client
 * registration, PKCE, resource indicators, refresh and revocation.
 */
export async function startAuthorizationServer(
  host: DemoHost,
  protectedResource: ProtectedResource,
): Promise<AuthorizationServer> {
  provideUrlParse();
  const server = createServer();
  const origin = `http://127.0.0.1:${await host.listen(server)}`;
  const storage = createMemoryStorage();
  const provider = new Provider(origin, {
    adapter: storage.adapter,
    ...configure(host, protectedResource),
  });
  host.onExpireAccessTokens(storage.expireAccessTokens);
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
      answerInteraction(provider, protectedResource, host.settings, { request, response }).catch(
        () => sendJson(response, 400, { error: 'This sign-in has ended; start it again' }),
      );
      return;
    }
    // The library knows only OpenID's name of the document that RFC 8414 section 3 calls so.
    if (path === '/.well-known/oauth-authorization-server') {
      request.url = '/.well-known/openid-configuration';
    }
    void answerOAuth(request, response);
  });

  return {
    origin,
    findAccessToken: async (value) => {
      const token = await provider.AccessToken.find(value);
      if (token === undefined) return undefined;
      const [audience] = [token.aud].flat();
      return { audience, scopes: token.scopes };
    },
  };
}

function configure({ settings }: DemoHost, { resource, scopes }: ProtectedResource): Configuration {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    scopes,
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig' }] },
    cookies: { keys: [randomUUID()] },
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    routes: { authorization: '/authorize', registration: '/register', revocation: '/revoke' },
    pkce: { required: () => true },
    clientBasedCORS: () => false,
    findAccount: (_context, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    issueRefreshToken: (_context, client) => client.grantTypeAllowed('refresh_token'),
    extraClientMetadata: {
      // RFC 7591 section 3.2.1 lets a server replace what a client asks for. A client registers
      // with the scope of its first sign-in; held to that, it could never step up.
      properties: ['scope'],
      validator: (_context, _name, _value, metadata) => {
        metadata.scope = scopes.join(' ');
      },
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
      registration: { enabled: true },
      revocation: {
        enabled: true,
        allowedPolicy: (_context, client, token) => token.clientId === client.clientId,
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, indicator) => {
          if (indicator !== resource) throw new errors.InvalidTarget();
          return { scope: scopes.join(' '), audience: resource, accessTokenFormat: 'opaque' };
        },
      },
    },
    ttl: {
      AccessToken: settings.accessTokenTtlSeconds,
      AuthorizationCode: 60,
      Interaction: 600,
      Grant: 86_400,
      RefreshToken: 86_400,
      Session: 86_400,
      IdToken: 600,
    },
  };
}
