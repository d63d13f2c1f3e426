import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { type ClientMetadata, type Configuration, errors } from 'oidc-provider';
import { devicePages, errorPage } from './devicePages';
import { type OAuthSwitches } from './oauthSwitches';
import { type ProtectedResource } from './startAuthorizationServer';

/** What the library is told: the usual of an authorization server for MCP, and the switches. */
export function configureProvider(
  switches: OAuthSwitches,
  { resource, scopes }: ProtectedResource,
  clients: ClientMetadata[],
): Configuration {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { accessTokenTtlSeconds, clientDocuments, dpop, refresh } = switches;
  return {
    scopes,
    clients,
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig' }] },
    cookies: { keys: [randomUUID()] },
    clientDefaults: {
      id_token_signed_response_alg: 'ES256',
      dpop_bound_access_tokens: dpop === 'required' || dpop === 'nonce',
    },
    routes: {
      authorization: '/authorize',
      registration: '/register',
      revocation: '/revoke',
      introspection: '/introspect',
      device_authorization: '/device_authorization',
    },
    pkce: { required: () => true },
    clientBasedCORS: () => false,
    findAccount: (_context, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    issueRefreshToken: (_context, client) =>
      refresh !== 'none' && client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: refresh === 'rotate',
    renderError: errorPage,
    fetch: (url) => Promise.resolve(answerDocument(String(url), clientDocuments)),
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
      registration: { enabled: switches.registration },
      clientCredentials: { enabled: switches.clientCredentials },
      clientIdMetadataDocument: { enabled: clientDocuments !== undefined, ack: 'draft-02' },
      deviceFlow: { enabled: switches.device, ...devicePages },
      dPoP: {
        enabled: dpop !== 'off',
        ...(dpop === 'nonce' && { nonceSecret: randomBytes(32), requireNonce: () => true }),
      },
      introspection: {
        enabled: switches.introspection,
        allowedPolicy: (_context, client, token) => token.clientId === client.clientId,
      },
      revocation: {
        enabled: switches.revocation,
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
      AccessToken: accessTokenTtlSeconds,
      ClientCredentials: accessTokenTtlSeconds,
      AuthorizationCode: 60,
      DeviceCode: 600,
      Interaction: 600,
      Grant: 86_400,
      RefreshToken: 86_400,
      Session: 86_400,
      IdToken: 600,
    },
  };
}

/** The documents lie at https addresses that nobody serves: nothing leaves the machine. */
function answerDocument(url: string, documents: OAuthSwitches['clientDocuments'] = {}): Response {
  const document = documents[url];
  return document === undefined
    ? new Response('Not found', { status: 404 })
    : Response.json(document);
}
