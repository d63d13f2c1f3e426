import {
  authMethodFor,
  type ClientAuthMethod,
  type ClientIdentity,
  type OAuthClient,
} from './client';
import { optional, parse, readDocument, type ServerMetadata } from './documents';
import { SignInError } from './failure';
import { takeStep, type Flow } from './flow';
import { readError } from './oauthError';
import { isObject, type JsonObject } from '../base/jsonObject';

/**
 * Registers us at `endpoint`.
 * @throws SignInError
 * @see RFC 7591 §3, MCP 2026-07-28 authorization, dynamic client registration
 */
export async function registerClient(
  flow: Flow,
  endpoint: string,
  server: ServerMetadata,
  { name }: ClientIdentity,
  redirectUri: string,
): Promise<OAuthClient> {
  const step = 'registration';
  return takeStep(flow, step, async (send) => {
    const answer = await send({
      method: 'POST',
      url: endpoint,
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({
        client_name: name,
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: wantedMethod(server),
        application_type: 'native',
      }),
    });
    // Some servers answer 200 where the standard says 201.
    if (answer.status !== 201 && answer.status !== 200) {
      const json = parse(answer.body);
      const { status } = answer;
      const error = isObject(json) ? readError(json) : {};
      throw new SignInError({ kind: 'registration-refused', status, ...error, redirectUri }, step);
    }
    const json = readDocument(answer.body, 'client registration', step);
    const client = readClient(json, server, redirectUri);
    return { value: client, read: [['token_endpoint_auth_method', client.authMethod]] };
  });
}

/** A native program keeps no secret; it takes one where the server insists. @see RFC 8252 §8.4 */
function wantedMethod({ tokenEndpointAuthMethods: offered }: ServerMetadata): ClientAuthMethod {
  const order = ['none', 'client_secret_basic', 'client_secret_post'] as const;
  return order.find((method) => offered?.includes(method)) ?? 'none';
}

/** Without `client_secret_expires_at` a secret is taken to last: many servers leave it out. */
function readClient(json: JsonObject, server: ServerMetadata, redirectUri: string): OAuthClient {
  const { client_id: clientId, client_secret: secret, client_secret_expires_at: expiry } = json;
  const isUsable = (text: unknown) =>
    typeof text === 'string' && /^[\x20-\x7e]{1,4096}$/.test(text);
  const hasSecret = secret !== undefined && secret !== null && secret !== '';
  if (!isUsable(clientId) || (hasSecret && !isUsable(secret))) {
    const flaw = isUsable(clientId) ? 'no readable “client_secret”' : 'no readable “client_id”';
    const failure = { kind: 'document-invalid', document: 'client registration', flaw } as const;
    throw new SignInError(failure, 'registration');
  }
  const clientSecret = hasSecret ? String(secret) : undefined;
  const seconds = typeof expiry === 'number' && expiry > 0 ? expiry : undefined;
  return {
    issuer: server.issuer,
    clientId: String(clientId),
    source: 'registered',
    ...optional('clientSecret', clientSecret),
    authMethod:
      givenMethod(json, clientSecret) ??
      authMethodFor({ ...optional('clientSecret', clientSecret) }, server),
    tokenEndpointOrigin: new URL(server.tokenEndpoint).origin,
    redirectUri,
    ...optional('secretExpiresAt', seconds === undefined ? undefined : seconds * 1000),
  };
}

/** What the server decided, where it can be done. @see RFC 7591 §3.2.1 */
function givenMethod(
  { token_endpoint_auth_method: method }: JsonObject,
  clientSecret: string | undefined,
): ClientAuthMethod | undefined {
  switch (method) {
    case 'none':
      return method;
    case 'client_secret_basic':
    case 'client_secret_post':
      return clientSecret === undefined ? undefined : method;
    default:
      return undefined;
  }
}
