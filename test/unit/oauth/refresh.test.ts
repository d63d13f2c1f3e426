import assert from 'node:assert/strict';
import type { OAuthClient } from '../../../src/core/oauth/client';
import { refresh, type RefreshStore } from '../../../src/core/oauth/refresh';
import { revoke } from '../../../src/core/oauth/revoke';
import type { SignedIn } from '../../../src/core/oauth/tokens';
import { answer, issuer, now, scriptServers, serverUrl, type Scripted } from './scriptedServer';

const tokenPlace = `${issuer}/token`;
const held: SignedIn = {
  serverUrl,
  issuer,
  resource: serverUrl,
  clientId: 'client-1',
  tokenEndpoint: tokenPlace,
  tokenEndpointOrigin: issuer,
  revocationEndpoint: `${issuer}/revoke`,
  scopes: { requested: ['read'], granted: ['read'], offered: ['read'] },
  expiresAt: now,
  obtainedAt: now,
  tokens: { accessToken: 'old-access', refreshToken: 'old-refresh', type: 'Bearer' },
};
const client: OAuthClient = {
  issuer,
  clientId: 'client-1',
  source: 'registered',
  authMethod: 'none',
  tokenEndpointOrigin: issuer,
};
const elsewhere: SignedIn = { ...held, tokens: { ...held.tokens, accessToken: 'other-window' } };
const fresh = { access_token: 'new-access', token_type: 'Bearer', expires_in: 60 };

/** A store that lets one in at a time; `reads` replaces what is read, one after the other. */
function storeOf(reads: readonly (SignedIn | undefined)[] = []) {
  let [stored, queue]: [SignedIn | undefined, Promise<unknown>] = [held, Promise.resolve()];
  const left = [...reads];
  const store: RefreshStore = {
    exclusively: (run) => {
      const result = queue.then(run);
      queue = result.catch(() => undefined);
      return result;
    },
    read: async () => (left.length > 0 ? left.shift() : stored),
    write: async (signedIn) => {
      stored = signedIn;
    },
  };
  return store;
}

function run(
  token: Scripted,
  { store = storeOf(), with: sent = held, as = client } = {} as {
    readonly store?: RefreshStore;
    readonly with?: SignedIn;
    readonly as?: OAuthClient;
  },
) {
  const servers = scriptServers({ [tokenPlace]: token, [`${issuer}/revoke`]: () => answer(200) });
  const { signal } = new AbortController();
  return { servers, again: () => refresh(sent, as, servers.ports, store, signal) };
}

async function resultOf(outcome: ReturnType<typeof refresh>): Promise<string> {
  const ended = await outcome;
  return ended.kind === 'done' ? ended.value.tokens.accessToken : ended.failure.kind;
}

describe('refreshing a sign-in', () => {
  it('asks once for all who ask at the same time', async () => {
    const { servers, again } = run(fresh);
    const results = await Promise.all([again(), again(), again()].map(resultOf));
    assert.deepEqual(results, ['new-access', 'new-access', 'new-access']);
    assert.deepEqual(servers.asked(), [`POST ${tokenPlace}`]);
    const form = Object.fromEntries(servers.form(tokenPlace));
    assert.deepEqual(form, {
      grant_type: 'refresh_token',
      refresh_token: 'old-refresh',
      resource: serverUrl,
      client_id: 'client-1',
    });
  });

  it('keeps the refresh token of a server that does not rotate', async () => {
    const outcome = await run(fresh).again();
    assert.ok(outcome.kind === 'done');
    assert.equal(outcome.value.tokens.refreshToken, 'old-refresh');
    assert.equal(outcome.value.expiresAt, now + 60_000);
  });

  it('takes what another window stored, and asks nobody', async () => {
    const { servers, again } = run(fresh, { store: storeOf([elsewhere]) });
    assert.equal(await resultOf(again()), 'other-window');
    assert.deepEqual(servers.asked(), []);
  });

  it('looks again after a refusal, for what another window stored meanwhile', async () => {
    const refusal = () => answer(400, { error: 'invalid_grant' });
    const found = run(refusal, { store: storeOf([held, elsewhere]) });
    const lost = run(refusal, { store: storeOf([held, held]) });
    assert.equal(await resultOf(found.again()), 'other-window');
    assert.equal(await resultOf(lost.again()), 'refresh-refused');
  });

  const moved = { ...held, tokenEndpoint: 'https://evil.example/token' };
  const pins: readonly (readonly [string, SignedIn, OAuthClient, string])[] = [
    ['a moved token endpoint', moved, client, 'token-endpoint-moved'],
    ['a client of another issuer', held, { ...client, issuer: `${issuer}/` }, 'client-elsewhere'],
    ['another client', held, { ...client, clientId: 'x' }, 'client-elsewhere'],
    [
      'an address without encryption',
      { ...held, tokenEndpoint: 'http://login.example/token' },
      client,
      'url-refused',
    ],
  ];
  for (const [situation, signedIn, as, expected] of pins) {
    it(`sends nothing to ${situation}`, async () => {
      const store = storeOf([signedIn, signedIn]);
      const { servers, again } = run(fresh, { with: signedIn, as, store });
      assert.equal(await resultOf(again()), expected);
      assert.deepEqual(servers.asked(), []);
    });
  }

  it('records no token', async () => {
    const { servers, again } = run(fresh);
    await again();
    assert.doesNotMatch(JSON.stringify(servers.records), /old-|new-access/);
  });
});

describe('revoking a sign-in', () => {
  it('gives back both tokens, the refresh token first', async () => {
    const { servers } = run(fresh);
    const outcome = await revoke(held, client, servers.ports, new AbortController().signal);
    assert.deepEqual(outcome, { kind: 'done', value: 'revoked' });
    assert.deepEqual(
      servers.requests.map(({ body }) => new URLSearchParams(body).get('token')),
      ['old-refresh', 'old-access'],
    );
    assert.doesNotMatch(JSON.stringify(servers.records), /old-/);
  });
});
