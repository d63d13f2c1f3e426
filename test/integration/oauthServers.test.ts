import assert from 'node:assert/strict';
import { createPrivateKey, randomUUID } from 'node:crypto';
import { auth } from '@modelcontextprotocol/sdk/client/auth.js';
import * as oauth from 'oauth4webapi';
import { MemoryOAuthClientProvider } from '../demo/memoryOAuthClientProvider';
import {
  type OAuthWorld,
  type OAuthWorldOptions,
  startOAuthWorld,
} from '../demo/servers/startOAuthWorld';
import { walkAuthorization } from '../demo/walkAuthorization';
import { walkDevice } from '../demo/walkDevice';

const http = { [oauth.allowInsecureRequests]: true } as const;
const redirectUri = 'http://127.0.0.1:50123/callback';

describe('OAuth servers for tests', function () {
  this.timeout(20_000);

  const worlds: OAuthWorld[] = [];

  afterEach(async () => {
    await Promise.all(worlds.splice(0).map((world) => world.stop()));
  });

  async function start(options: OAuthWorldOptions = {}): Promise<OAuthWorld> {
    const world = await startOAuthWorld(options);
    worlds.push(world);
    return world;
  }

  it('let the official client register, sign in and refresh', async () => {
    const { url, seen } = await start();
    const provider = new MemoryOAuthClientProvider();
    assert.equal(await auth(provider, { serverUrl: url }), 'REDIRECT');
    const redirected = await walkAuthorization(provider.authorizationUrl!);
    const authorizationCode = redirected.searchParams.get('code')!;
    assert.equal(await auth(provider, { serverUrl: url, authorizationCode }), 'AUTHORIZED');
    assert.equal(await auth(provider, { serverUrl: url }), 'AUTHORIZED');
    const requests = seen('token').map(({ parameters }) => [
      parameters['grant_type'],
      parameters['resource'],
    ]);
    assert.deepEqual(requests, [
      ['authorization_code', url],
      ['refresh_token', url],
    ]);
  });

  it('show tests what they were sent, and no credential of it', async () => {
    const world = await start();
    const { tokens } = await signIn(world);
    const shown = JSON.stringify(world.seen('token'));
    for (const secret of [tokens.access_token, tokens.refresh_token!]) {
      assert.equal(shown.includes(secret), false);
    }
    const { parameters } = world.seen('token')[0]!;
    assert.deepEqual(
      [parameters['code'], parameters['code_verifier'], parameters['client_id']],
      ['(given)', '(given)', 'demo-public'],
    );
  });

  it('accessTokenTtlSeconds: a token lives so long, and can be let expire', async () => {
    const world = await start({ accessTokenTtlSeconds: 7 });
    const { tokens } = await signIn(world);
    assert.equal(tokens.expires_in, 7);
    assert.equal(await statusWith(world, tokens), 200);
    world.expireAccessTokens();
    assert.equal(await statusWith(world, tokens), 401);
  });

  it('refresh rotate: an old refresh token that returns ends the whole family', async () => {
    const world = await start();
    const session = await signIn(world);
    const first = session.tokens;
    const second = await refresh(session, first);
    assert.notEqual(second.refresh_token, first.refresh_token);
    await assert.rejects(refresh(session, first), { error: 'invalid_grant' });
    await assert.rejects(refresh(session, second), { error: 'invalid_grant' });
    assert.equal(await world.isAlive(second.access_token), false);
  });

  it('refresh keep: the same refresh token goes on', async () => {
    const session = await signIn(await start({ refresh: 'keep' }));
    const again = await refresh(session, session.tokens);
    assert.equal(again.refresh_token, session.tokens.refresh_token);
    await refresh(session, session.tokens);
  });

  it('refresh none: there is no refresh token', async () => {
    const { tokens } = await signIn(await start({ refresh: 'none' }));
    assert.equal(tokens.refresh_token, undefined);
  });

  it('no registration: known clients get in, public and confidential', async () => {
    const world = await start({ registration: false });
    const server = await discover(world);
    assert.equal(server.registration_endpoint, undefined);
    const response = await fetch(`${server.issuer}/register`, { method: 'POST' });
    assert.equal(response.status, 404);
    const { confidential } = world.clients;
    const secretAuth = oauth.ClientSecretBasic(confidential.clientSecret);
    const known = { client_id: confidential.clientId };
    for (const { tokens } of [
      await signIn(world),
      await signIn(world, { client: known, clientAuth: secretAuth }),
    ]) {
      assert.equal(await statusWith(world, tokens), 200);
    }
    const wrong = oauth.ClientSecretBasic('wrong');
    await assert.rejects(signIn(world, { client: known, clientAuth: wrong }), {
      name: 'WWWAuthenticateChallengeError',
    });
  });

  it('clientDocuments: a client is known by the address of its document', async () => {
    const clientId = 'https://client.example/metadata.json';
    const document = {
      client_id: clientId,
      client_name: 'Client with a document',
      application_type: 'native',
      redirect_uris: ['http://127.0.0.1/callback'],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'none',
    };
    const world = await start({ clientDocuments: { [clientId]: document } });
    assert.equal((await discover(world)).client_id_metadata_document_supported, true);
    const { tokens } = await signIn(world, { client: { client_id: clientId } });
    assert.equal(await statusWith(world, tokens), 200);
    await assert.rejects(signIn(world, { client: { client_id: 'https://client.example/other' } }));
  });

  it('device: a code that is confirmed elsewhere gives a token, and not before', async () => {
    const world = await start({ device: true, consent: 'page' });
    const server = await discover(world);
    const client = { client_id: world.clients.public.clientId };
    const parameters = { resource: world.url, scope: 'issues:read' };
    const response = await oauth.deviceAuthorizationRequest(
      server,
      client,
      oauth.None(),
      parameters,
      http,
    );
    const device = await oauth.processDeviceAuthorizationResponse(server, client, response);
    const poll = async () =>
      oauth.processDeviceCodeResponse(
        server,
        client,
        await oauth.deviceCodeGrantRequest(server, client, oauth.None(), device.device_code, {
          ...http,
          additionalParameters: { resource: world.url },
        }),
      );
    await assert.rejects(poll(), { error: 'authorization_pending' });
    assert.equal(await walkDevice(device.verification_uri_complete!), 'Signed in');
    assert.equal(await statusWith(world, await poll()), 200);
  });

  it('device off: it is neither offered nor known', async () => {
    const server = await discover(await start());
    assert.equal(server.device_authorization_endpoint, undefined);
  });

  for (const dpop of ['required', 'nonce'] as const) {
    it(`dpop ${dpop}: a token is worth something with a proof alone`, async () => {
      const world = await start({ dpop });
      await assert.rejects(signIn(world), { error: 'invalid_grant' });
      const keys = await oauth.generateKeyPair('ES256');
      const proof = oauth.DPoP({}, keys);
      const { tokens } = await signIn(world, { proof });
      assert.equal(tokens.token_type, 'dpop');
      assert.equal(await statusWith(world, tokens), 401);
      const ask = () => callWithProof(world, tokens, proof);
      const answer = await ask().catch((error: unknown) =>
        oauth.isDPoPNonceError(error) ? ask() : Promise.reject(error as Error),
      );
      assert.equal(answer.status, 200);
      const stolen = oauth.DPoP({}, await oauth.generateKeyPair('ES256'));
      await assert.rejects(callWithProof(world, tokens, stolen), {
        name: 'WWWAuthenticateChallengeError',
      });
    });
  }

  it('dpop nonce: the resource server refuses a proof without its nonce', async () => {
    const world = await start({ dpop: 'nonce' });
    const keys = await oauth.generateKeyPair('ES256');
    const first = oauth.DPoP({}, keys);
    const { tokens } = await signIn(world, { proof: first });
    const fresh = oauth.DPoP({}, keys);
    await assert.rejects(callWithProof(world, tokens, fresh), (error) =>
      oauth.isDPoPNonceError(error),
    );
  });

  it('consent deny: the person says no', async () => {
    await assert.rejects(signIn(await start({ consent: 'deny' })), { error: 'access_denied' });
  });

  it('revocation: a revoked token is refused at once, and introspection says so', async () => {
    const world = await start({ introspection: true });
    const { server, client, tokens } = await signIn(world);
    const isActive = async () => {
      const token = tokens.access_token;
      const none = oauth.None();
      const response = await oauth.introspectionRequest(server, client, none, token, http);
      return (await oauth.processIntrospectionResponse(server, client, response)).active;
    };
    assert.deepEqual([await isActive(), await world.isAlive(tokens.access_token)], [true, true]);
    const refreshToken = tokens.refresh_token!;
    assert.equal(await world.isAlive(refreshToken), true);
    for (const token of [tokens.access_token, refreshToken]) {
      await oauth.processRevocationResponse(
        await oauth.revocationRequest(server, client, oauth.None(), token, http),
      );
      assert.equal(await world.isAlive(token), false);
    }
    assert.equal(await isActive(), false);
    assert.equal(await statusWith(world, tokens), 401);
  });

  it('no revocation, no introspection: neither is offered', async () => {
    const server = await discover(await start({ revocation: false }));
    const { revocation_endpoint: revoke, introspection_endpoint: introspect } = server;
    assert.deepEqual([revoke, introspect], [undefined, undefined]);
  });

  it('clientCredentials: a machine gets in with its secret or its signature', async () => {
    const world = await start({ clientCredentials: true });
    const server = await discover(world);
    const { machine, signingMachine } = world.clients;
    const key = await importSigningKey(signingMachine.privateKeyPem);
    for (const [clientId, clientAuth] of [
      [machine.clientId, oauth.ClientSecretBasic(machine.clientSecret)],
      [signingMachine.clientId, oauth.PrivateKeyJwt(key)],
    ] as const) {
      const client = { client_id: clientId };
      const parameters = { resource: world.url, scope: 'issues:read' };
      const tokens = await oauth.processClientCredentialsResponse(
        server,
        client,
        await oauth.clientCredentialsGrantRequest(server, client, clientAuth, parameters, http),
      );
      assert.equal(await statusWith(world, tokens), 200);
      world.expireAccessTokens();
      assert.equal(await statusWith(world, tokens), 401);
    }
  });

  it('scopes: a write is refused with the scope that it needs', async () => {
    const world = await start();
    const write = { name: 'create_issue', arguments: { title: 'x' } };
    const read = await signIn(world);
    const refused = await send(world, bearer(read.tokens), 'tools/call', write);
    assert.equal(refused.status, 403);
    assert.match(
      refused.headers.get('www-authenticate') ?? '',
      /error="insufficient_scope", scope="issues:write"/,
    );
    const both = await signIn(world, { scope: 'issues:read issues:write' });
    assert.equal(both.tokens.scope, 'issues:read issues:write');
    const allowed = await send(world, bearer(both.tokens), 'tools/call', write);
    assert.equal(allowed.status, 200);
  });

  for (const [iss, advertised, returned] of [
    ['on', true, 'own'],
    ['off', undefined, 'none'],
    ['wrong', true, 'other'],
  ] as const) {
    it(`iss ${iss}: the issuer in the answer is ${returned}`, async () => {
      const world = await start({ iss });
      const server = await discover(world);
      assert.equal(server.authorization_response_iss_parameter_supported, advertised);
      const { searchParams } = await walkAuthorization(authorizationUrl(world, server));
      const own = { [server.issuer]: 'own', none: 'none' };
      assert.equal(own[searchParams.get('iss') ?? 'none'] ?? 'other', returned);
      assert.notEqual(searchParams.get('code'), null);
    });
  }

  it('issuers: each gives tokens of its own, which the server takes', async () => {
    const world = await start({ issuers: 2 });
    const resource = new URL(world.url);
    const metadata = await oauth.processResourceDiscoveryResponse(
      resource,
      await oauth.resourceDiscoveryRequest(resource, http),
    );
    assert.deepEqual(metadata.authorization_servers, world.issuers);
    assert.equal(new Set(world.issuers).size, 2);
    for (const issuer of [0, 1]) {
      const { tokens } = await signIn(world, { issuer });
      assert.equal(await statusWith(world, tokens), 200);
      assert.equal(world.seen('token', issuer).length, 1);
    }
  });

  it('metadata: under one of the names, under the other, or under both', async () => {
    const names = ['oauth-authorization-server', 'openid-configuration'];
    const statuses = async (metadata: 'both' | 'openid' | 'rfc8414') => {
      const { issuers } = await start({ metadata });
      const answers = names.map((name) => fetch(`${issuers[0]}/.well-known/${name}`));
      return (await Promise.all(answers)).map(({ status }) => status);
    };
    assert.deepEqual(await statuses('both'), [200, 200]);
    assert.deepEqual(await statuses('openid'), [404, 200]);
    assert.deepEqual(await statuses('rfc8414'), [200, 404]);
  });

  it('changeMetadata: what a server says of itself is changed and nothing else', async () => {
    const world = await start({
      changeMetadata: ({ code_challenge_methods_supported: _, ...rest }) => rest,
    });
    assert.equal((await discover(world)).code_challenge_methods_supported, undefined);
    assert.equal(await statusWith(world, (await signIn(world)).tokens), 200);
  });
});

interface Session {
  readonly server: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  readonly tokens: oauth.TokenEndpointResponse;
}

async function discover({ issuers }: OAuthWorld, index = 0): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(issuers[index]!);
  const response = await oauth.discoveryRequest(issuer, { ...http, algorithm: 'oauth2' });
  return oauth.processDiscoveryResponse(issuer, response);
}

function authorizationUrl(
  world: OAuthWorld,
  { authorization_endpoint: endpoint }: oauth.AuthorizationServer,
  further: Readonly<Record<string, string>> = {},
): URL {
  const url = new URL(endpoint!);
  url.search = String(
    new URLSearchParams({
      response_type: 'code',
      client_id: world.clients.public.clientId,
      redirect_uri: redirectUri,
      resource: world.url,
      scope: 'issues:read',
      state: 'a-state',
      code_challenge_method: 'S256',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      ...further,
    }),
  );
  return url;
}

/** Signs in as the public client that is known, or as another. */
async function signIn(
  world: OAuthWorld,
  {
    client = { client_id: world.clients.public.clientId },
    clientAuth = oauth.None(),
    proof,
    scope = 'issues:read',
    issuer = 0,
  }: {
    readonly client?: oauth.Client;
    readonly clientAuth?: oauth.ClientAuth;
    readonly proof?: oauth.DPoPHandle;
    readonly scope?: string;
    readonly issuer?: number;
  } = {},
): Promise<Session> {
  const server = await discover(world, issuer);
  const verifier = oauth.generateRandomCodeVerifier();
  const state = randomUUID();
  const asked = authorizationUrl(world, server, {
    client_id: client.client_id,
    scope,
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
  });
  const redirected = await walkAuthorization(asked);
  const answer = oauth.validateAuthResponse(server, client, redirected, state);
  const exchange = async () =>
    oauth.processAuthorizationCodeResponse(
      server,
      client,
      await oauth.authorizationCodeGrantRequest(
        server,
        client,
        clientAuth,
        answer,
        redirectUri,
        verifier,
        { ...http, additionalParameters: { resource: world.url }, ...(proof && { DPoP: proof }) },
      ),
    );
  const tokens = await exchange().catch((error: unknown) =>
    oauth.isDPoPNonceError(error) ? exchange() : Promise.reject(error as Error),
  );
  return { server, client, tokens };
}

async function refresh(
  { server, client }: Session,
  { refresh_token: token }: oauth.TokenEndpointResponse,
): Promise<oauth.TokenEndpointResponse> {
  const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), token!, http);
  return oauth.processRefreshTokenResponse(server, client, response);
}

function bearer({ access_token: token }: oauth.TokenEndpointResponse): Record<string, string> {
  return { Authorization: `Bearer ${token}` };
}

async function statusWith(world: OAuthWorld, tokens: oauth.TokenEndpointResponse): Promise<number> {
  return (await send(world, bearer(tokens))).status;
}

function send(
  { url }: OAuthWorld,
  headers: Record<string, string>,
  method = 'tools/list',
  params: object = {},
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { ...mcpHeaders, ...headers },
    body: message(method, params),
  });
}

const mcpHeaders = {
  'Content-Type': 'application/json',
  Accept: 'application/json, text/event-stream',
};

function message(method: string, params: object): string {
  return JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
}

function callWithProof(
  { url }: OAuthWorld,
  { access_token: token }: oauth.TokenEndpointResponse,
  proof: oauth.DPoPHandle,
): Promise<Response> {
  const headers = new Headers(mcpHeaders);
  const body = message('tools/list', {});
  return oauth.protectedResourceRequest(token, 'POST', new URL(url), headers, body, {
    ...http,
    DPoP: proof,
  });
}

function importSigningKey(pem: string): Promise<oauth.CryptoKey> {
  const der = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' });
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  return crypto.subtle.importKey('pkcs8', new Uint8Array(der), algorithm, false, ['sign']);
}
