import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { type ClientMetadata } from 'oidc-provider';
import { type OAuthSwitches } from './oauthSwitches';

/** The clients that a server knows without registration. Secrets are made anew at each start. */
export interface KnownClients {
  readonly public: { readonly clientId: string };
  readonly confidential: { readonly clientId: string; readonly clientSecret: string };
  /** Acts for itself, with a secret. */
  readonly machine: { readonly clientId: string; readonly clientSecret: string };
  /** Acts for itself, with a signature by ES256. @see RFC 7523 section 2.2 */
  readonly signingMachine: { readonly clientId: string; readonly privateKeyPem: string };
}

/** The clients, and what the authorization server is told about them. */
export interface Introductions {
  readonly clients: KnownClients;
  readonly metadata: (switches: OAuthSwitches, scopes: readonly string[]) => ClientMetadata[];
}

export function createKnownClients(): Introductions {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const clients = {
    public: { clientId: 'demo-public' },
    confidential: { clientId: 'demo-confidential', clientSecret: randomSecret() },
    machine: { clientId: 'demo-machine', clientSecret: randomSecret() },
    signingMachine: {
      clientId: 'demo-signing-machine',
      privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    },
  };
  return {
    clients,
    metadata: (switches, scopes) => introduce(clients, publicKey, switches, scopes),
  };
}

function introduce(
  clients: KnownClients,
  publicKey: KeyObject,
  switches: OAuthSwitches,
  scopes: readonly string[],
): ClientMetadata[] {
  const person: Omit<ClientMetadata, 'client_id'> = {
    application_type: 'native',
    redirect_uris: [...switches.redirectUris],
    grant_types: [
      'authorization_code',
      ...(switches.refresh === 'none' ? [] : ['refresh_token']),
      ...(switches.device ? ['urn:ietf:params:oauth:grant-type:device_code'] : []),
    ],
    scope: scopes.join(' '),
  };
  const machine: Omit<ClientMetadata, 'client_id'> = {
    redirect_uris: [],
    response_types: [],
    grant_types: ['client_credentials'],
    scope: scopes.join(' '),
  };
  const { confidential } = clients;
  return [
    { ...person, client_id: clients.public.clientId, token_endpoint_auth_method: 'none' },
    {
      ...person,
      client_id: confidential.clientId,
      client_secret: confidential.clientSecret,
      token_endpoint_auth_method: 'client_secret_basic',
    },
    ...(switches.clientCredentials
      ? [
          {
            ...machine,
            client_id: clients.machine.clientId,
            client_secret: clients.machine.clientSecret,
            token_endpoint_auth_method: 'client_secret_basic' as const,
          },
          {
            ...machine,
            client_id: clients.signingMachine.clientId,
            token_endpoint_auth_method: 'private_key_jwt' as const,
            token_endpoint_auth_signing_alg: 'ES256' as const,
            jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256' }] },
          },
        ]
      : []),
  ];
}

function randomSecret(): string {
  return `demo_client_${randomBytes(18).toString('base64url')}`;
}
