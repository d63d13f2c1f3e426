import assert from 'node:assert/strict';
import { describeFailure } from '../../../src/core/oauth/failureTexts';
import type { SignInPlan } from '../../../src/core/oauth/plan';
import type { SignInTarget } from '../../../src/core/oauth/prepare';
import { signIn } from '../../../src/core/oauth/signIn';
import {
  answer,
  browserPorts,
  identity,
  issuer,
  metadataPlace,
  now,
  redirectUri,
  resourceMetadata,
  resourcePlace,
  serverMetadata,
  serverUrl,
  tokens,
  workingServers,
  type Scripted,
} from './scriptedServer';

interface Setting {
  readonly places?: Readonly<Record<string, Scripted>>;
  readonly target?: Partial<SignInTarget>;
  readonly answer?: Readonly<Record<string, string>>;
  readonly agrees?: boolean;
  readonly identity?: Partial<typeof identity>;
}

async function run(setting: Setting = {}) {
  const servers = workingServers(setting.places);
  const opened: string[] = [];
  const plans: SignInPlan[] = [];
  const outcome = await signIn(
    { serverUrl, challenge: [], ...setting.target },
    { ...identity, ...setting.identity },
    browserPorts(servers, setting.answer, opened),
    {
      review: async (plan) => {
        plans.push(plan);
        return setting.agrees ?? true;
      },
    },
    new AbortController().signal,
  );
  return { outcome, servers, opened, plan: plans[0] };
}

type Run = Awaited<ReturnType<typeof run>>;

function failureOf({ outcome }: Run): string {
  return outcome.kind === 'failed' ? outcome.failure.kind : 'none';
}

describe('signing in through the browser', () => {
  it('gives what is kept of it', async () => {
    const { outcome } = await run();
    assert.ok(outcome.kind === 'done');
    assert.deepEqual(outcome.value.signedIn, {
      serverUrl,
      issuer,
      resource: serverUrl,
      clientId: 'client-1',
      tokenEndpoint: `${issuer}/token`,
      tokenEndpointOrigin: issuer,
      revocationEndpoint: `${issuer}/revoke`,
      scopes: {
        requested: ['read', 'write'],
        granted: ['read', 'write'],
        offered: ['read', 'write'],
      },
      expiresAt: now + 60_000,
      obtainedAt: now,
      tokens: { accessToken: 'canary-access', refreshToken: 'canary-refresh', type: 'Bearer' },
    });
    assert.equal(outcome.value.client.issuer, issuer);
  });

  it('asks the browser for a code with PKCE and the resource as it was published', async () => {
    const resource = 'https://mcp.example';
    const { opened } = await run({
      places: { [resourcePlace]: { ...resourceMetadata, resource } },
    });
    const { origin, pathname, searchParams } = new URL(opened[0] ?? '');
    const { state, code_challenge: challenge, ...rest } = Object.fromEntries(searchParams);
    assert.equal(origin + pathname, `${issuer}/authorize`);
    assert.match(`${state} ${challenge}`, /^[\w-]{43} [\w-]{43}$/);
    assert.deepEqual(rest, {
      response_type: 'code',
      client_id: 'client-1',
      redirect_uri: redirectUri,
      code_challenge_method: 'S256',
      resource,
      scope: 'read write',
    });
  });

  it('keeps the query of an endpoint and replaces what it sets of ours', async () => {
    const endpoint = `${issuer}/authorize?tenant=1&client_id=theirs&redirect_uri=x&redirect_uri=y`;
    const metadata = { ...serverMetadata, authorization_endpoint: endpoint };
    const { opened } = await run({ places: { [metadataPlace]: metadata } });
    const { searchParams } = new URL(opened[0] ?? '');
    assert.deepEqual(
      ['tenant', 'client_id', 'redirect_uri'].map((name) => searchParams.getAll(name)),
      [['1'], ['client-1'], [redirectUri]],
    );
  });

  it('sends the resource to the token endpoint as well', async () => {
    const { servers } = await run();
    const form = servers.form(`${issuer}/token`);
    assert.deepEqual(
      [form.get('resource'), form.get('code'), form.get('redirect_uri'), form.get('client_id')],
      [serverUrl, 'canary-code', redirectUri, 'client-1'],
    );
    assert.match(form.get('code_verifier') ?? '', /^[\w-]{43}$/);
  });

  it('registers as a native program', async () => {
    const { servers } = await run();
    const request = servers.requests.find(({ url }) => url === `${issuer}/register`);
    assert.deepEqual(JSON.parse(request?.body ?? ''), {
      client_name: 'Editor',
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      application_type: 'native',
    });
  });

  it('shows every host before it registers or opens anything', async () => {
    const elsewhere = { ...serverMetadata, token_endpoint: 'https://tokens.evil.example/t' };
    const declined = await run({ places: { [metadataPlace]: elsewhere }, agrees: false });
    assert.deepEqual(declined.plan?.hosts, [
      { use: 'registration', host: 'login.example', isForeign: true },
      { use: 'login', host: 'login.example', isForeign: true },
      { use: 'token', host: 'tokens.evil.example', isForeign: true },
    ]);
    assert.equal(failureOf(declined), 'declined');
    assert.deepEqual(declined.opened, []);
    assert.ok(declined.servers.requests.every(({ method }) => method === 'GET'));
  });

  it('records each step, and no token, code, verifier or state in any', async () => {
    const { servers, opened } = await run();
    const names = servers.records.map(({ step, outcome }) => `${step} ${outcome}`);
    assert.deepEqual(names, [
      'resource-metadata done',
      'server-metadata done',
      'pkce done',
      'client done',
      'review done',
      'registration done',
      'authorization done',
      'authorization-answer done',
      'token done',
    ]);
    const text = JSON.stringify(servers.records);
    const verifier = servers.form(`${issuer}/token`).get('code_verifier') ?? 'none';
    const state = new URL(opened[0] ?? '').searchParams.get('state') ?? 'none';
    for (const secret of ['canary', verifier, state]) {
      assert.ok(!text.includes(secret), secret);
    }
  });

  it('asks for more and keeps what it had', async () => {
    const { opened } = await run({
      target: {
        challenge: ['Bearer error="insufficient_scope", scope="admin"'],
        previousScopes: ['read'],
      },
    });
    assert.equal(new URL(opened[0] ?? '').searchParams.get('scope'), 'read admin');
  });

  it('asks for consent with offline access', async () => {
    const metadata = { ...serverMetadata, scopes_supported: ['offline_access'] };
    const { opened } = await run({ places: { [metadataPlace]: metadata } });
    const { searchParams } = new URL(opened[0] ?? '');
    assert.deepEqual(
      [searchParams.get('scope'), searchParams.get('prompt')],
      ['read write offline_access', 'consent'],
    );
  });

  describe('without the word of the server on PKCE', () => {
    const silent = { ...serverMetadata, code_challenge_methods_supported: undefined };
    const plainOnly = { ...serverMetadata, code_challenge_methods_supported: ['plain'] };
    const exceptions = { allowMissingPkceMetadata: true };
    const rows: readonly (readonly [string, object, object, string])[] = [
      ['refuses where it is silent', silent, {}, 'pkce-missing'],
      ['refuses where it offers no S256', plainOnly, {}, 'pkce-missing'],
      ['refuses that with the exception, too', plainOnly, { exceptions }, 'pkce-missing'],
      ['goes on with the exception for a silent one', silent, { exceptions }, 'none'],
    ];
    for (const [situation, metadata, target, expected] of rows) {
      it(situation, async () => {
        const signedIn = await run({ places: { [metadataPlace]: metadata }, target });
        assert.equal(failureOf(signedIn), expected);
        assert.equal(signedIn.opened.length, expected === 'none' ? 1 : 0);
      });
    }
  });

  it('leaves the resource out for a server with that exception, and says so', async () => {
    const { servers, opened, plan } = await run({ target: { exceptions: { omitResource: true } } });
    assert.ok(!new URL(opened[0] ?? '').searchParams.has('resource'));
    assert.ok(!servers.form(`${issuer}/token`).has('resource'));
    assert.deepEqual(
      plan?.exceptions.map(({ name }) => name),
      ['omitResource'],
    );
  });

  const endings: readonly (readonly [string, Setting, string])[] = [
    [
      'a refusal',
      { answer: { error: 'access_denied', error_description: '\u001b[2Jno\u202e' } },
      'authorization-refused',
    ],
    [
      'an answer of another issuer',
      { answer: { code: 'c', iss: 'https://evil.example' } },
      'answer-of-another-issuer',
    ],
    [
      'a refused registration',
      {
        places: {
          [`${issuer}/register`]: () => answer(400, { error: 'invalid_redirect_uri' }),
        },
      },
      'registration-refused',
    ],
    [
      'a registration without a client',
      { places: { [`${issuer}/register`]: () => answer(201, {}) } },
      'document-invalid',
    ],
    [
      'an entered client of another issuer',
      { identity: { entered: { issuer: 'https://o.example', clientId: 'x', clientSecret: 'y' } } },
      'client-elsewhere',
    ],
  ];
  for (const [situation, setting, expected] of endings) {
    it(`ends with ${situation}, before a code goes anywhere`, async () => {
      const ended = await run(setting);
      assert.equal(failureOf(ended), expected);
      assert.ok(!ended.servers.asked().includes(`POST ${issuer}/token`));
      assert.ok(ended.outcome.kind === 'failed');
      const { sentence } = describeFailure(ended.outcome.failure);
      assert.doesNotMatch(sentence, /[\p{Cc}\p{Cf}]/u);
    });
  }

  const answers: readonly (readonly [string, Scripted, string])[] = [
    ['a token with a line break', { ...tokens, access_token: 'a\r\nX: b' }, 'document-invalid'],
    ['a token with a space', { ...tokens, access_token: 'a b' }, 'document-invalid'],
    ['an empty token', { ...tokens, access_token: '' }, 'document-invalid'],
    ['a refresh token with a line break', { ...tokens, refresh_token: 'a\nb' }, 'document-invalid'],
    ['a token of another type', { ...tokens, token_type: 'mac' }, 'document-invalid'],
    ['a token without a type', { ...tokens, token_type: undefined }, 'document-invalid'],
    ['a bound token that nobody asked for', { ...tokens, token_type: 'DPoP' }, 'document-invalid'],
    ['an error with status 200', { error: 'bad_code' }, 'token-refused'],
    [
      'an error with a challenge',
      () => answer(401, { error: 'invalid_client' }, { 'www-authenticate': ['Basic'] }),
      'token-refused',
    ],
    ['no JSON', 'canary-access', 'document-invalid'],
    ['a redirect', () => answer(307, '', { location: ['https://evil.example'] }), 'token-refused'],
    ['a type in other letters', { ...tokens, token_type: 'bEARER' }, 'none'],
    ['a lifetime as text', { ...tokens, expires_in: '60' }, 'none'],
    ['a lifetime that is none', { ...tokens, expires_in: null }, 'none'],
    ['an unreadable ID token', { ...tokens, id_token: 'x' }, 'none'],
  ];
  for (const [situation, scripted, expected] of answers) {
    it(`takes ${situation} for ${expected === 'none' ? 'a sign-in' : 'a failure'}`, async () => {
      const signedIn = await run({ places: { [`${issuer}/token`]: scripted } });
      assert.equal(failureOf(signedIn), expected);
      assert.doesNotMatch(JSON.stringify(signedIn.servers.records), /canary|bad_code.*\{/);
    });
  }

  it('binds tokens to a key where the server asks for it, and repeats with a nonce', async () => {
    let count = 0;
    const token = () => {
      count += 1;
      return count === 1
        ? answer(400, { error: 'use_dpop_nonce' }, { 'dpop-nonce': ['n1'] })
        : answer(200, { ...tokens, token_type: 'DPoP' });
    };
    const { outcome, servers, opened } = await run({
      places: { [`${issuer}/token`]: token },
      target: { challenge: ['DPoP'] },
    });
    assert.ok(outcome.kind === 'done');
    const proofs = servers.requests.flatMap(({ headers }) => headers['dpop'] ?? []);
    const nonces = proofs.map((proof) => {
      const [, payload = ''] = proof.split('.');
      return (JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/'))) as { nonce?: string })
        .nonce;
    });
    assert.deepEqual(nonces, [undefined, 'n1']);
    assert.equal(outcome.value.signedIn.tokens.type, 'DPoP');
    assert.match(new URL(opened[0] ?? '').searchParams.get('dpop_jkt') ?? '', /^[\w-]{43}$/);
    const { d = 'none' } = outcome.value.signedIn.tokens.dpopKey ?? {};
    assert.ok(!JSON.stringify(servers.records).includes(d));
  });

  it('is cancelled while it waits for the browser', async () => {
    const servers = workingServers();
    const cancel = new AbortController();
    const ports = browserPorts(servers);
    const outcome = await signIn(
      { serverUrl, challenge: [] },
      identity,
      {
        ...ports,
        openBrowser: async () => cancel.abort(),
        redirect: {
          ...ports.redirect,
          receive: (_state, signal) =>
            new Promise((_resolve, reject) => {
              signal.addEventListener('abort', () => reject(new Error('cancelled')));
            }),
        },
      },
      { review: async () => true },
      cancel.signal,
    );
    assert.ok(outcome.kind === 'failed');
    assert.equal(outcome.failure.kind, 'cancelled');
  });
});
