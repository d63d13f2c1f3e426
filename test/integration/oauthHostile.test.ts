import assert from 'node:assert/strict';
import type { EnteredClient } from '../../src/core/oauth/client';
import { nextAuthorization } from '../../src/core/oauth/nextAuthorization';
import { refresh } from '../../src/core/oauth/refresh';
import type { SignedIn } from '../../src/core/oauth/tokens';
import {
  accessToken,
  code,
  echo,
  endless,
  json,
  refreshToken,
  startHostile,
  to,
  type Answering,
  type Servers,
} from './hostileIssuer';

const evil = '\u001b[2J\u202egnp.exe\r\n[x](command:evil)';
const never = new AbortController().signal;

type Be = Parameters<typeof startHostile>[0];
type Row = readonly [situation: string, be: Be, expected: object];

const wellKnown = 'issuer GET /.well-known/oauth-authorization-server';
const openid = 'issuer GET /.well-known/openid-configuration';
const resourcePlace = 'mcp GET /.well-known/oauth-protected-resource/mcp';

const tokenAnswers =
  (answer: unknown): Be =>
  () => ({
    routes: { 'issuer POST /token': json(answer) },
  });
const endpoint =
  (field: string, value: string): Be =>
  () => ({ server: { [field]: value } });

/** The failure of each, or `done`. */
const rows: readonly Row[] = [
  ...[
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'vbscript:x',
    'vscode://a.b/c',
    'command:x',
    'ssh://-oProxyCommand=x/',
  ].map((url): Row => [
    `a login page at ${url}`,
    endpoint('authorization_endpoint', url),
    { kind: 'url-refused', field: 'authorization_endpoint', problem: 'scheme' },
  ]),
  ...(
    [
      ['\\\\evil\\share', 'unreadable'],
      ['https://evil.example/\r\nx', 'unreadable'],
      ['//evil.example', 'unreadable'],
      ['http://evil.example/authorize', 'not-encrypted'],
      ['http://127.0.0.1.evil.example/', 'not-encrypted'],
      ['https://login.example@evil.example/', 'user-info'],
    ] as const
  ).map(([url, problem]): Row => [
    `a login page at ${JSON.stringify(url)}`,
    endpoint('authorization_endpoint', url),
    { kind: 'url-refused', field: 'authorization_endpoint', problem },
  ]),
  ...['token_endpoint', 'registration_endpoint', 'revocation_endpoint'].map((field): Row => [
    `a ${field} without encryption`,
    endpoint(field, 'http://evil.example/'),
    { kind: 'url-refused', field, problem: 'not-encrypted' },
  ]),
  ...['http://169.254.169.254/latest', 'http://[fd00:ec2::254]/', 'file:///etc', 'gopher://x'].map(
    (issuer): Row => [
      `an issuer at ${issuer}`,
      () => ({ resource: { authorization_servers: [issuer] } }),
      { kind: 'url-refused', field: 'authorization_servers' },
    ],
  ),
  ...[
    'https://169.254.169.254',
    'https://0xa9fea9fe',
    'https://[::ffff:169.254.169.254]',
    'https://0.0.0.0',
  ].map((issuer): Row => [
    `an issuer at ${issuer}`,
    () => ({ resource: { authorization_servers: [issuer] } }),
    { kind: 'no-connection', reason: 'refused-address' },
  ]),
  [
    'a token endpoint in the metadata service of a cloud',
    endpoint('token_endpoint', 'https://169.254.169.254/token'),
    { kind: 'no-connection', reason: 'refused-address' },
  ],
  [
    'the metadata of another issuer',
    ({ elsewhere }) => ({ server: { issuer: elsewhere } }),
    { kind: 'issuer-mismatch' },
  ],
  [
    'an issuer with a slash more',
    ({ issuer }) => ({ server: { issuer: `${issuer}/` } }),
    { kind: 'issuer-mismatch' },
  ],
  [
    'an issuer in capitals',
    ({ issuer }) => ({ server: { issuer: issuer.replace('http', 'HTTP') } }),
    { kind: 'issuer-mismatch' },
  ],
  [
    'metadata by redirect to another origin',
    ({ elsewhere }) => ({
      routes: { [wellKnown]: to(`${elsewhere}/m`, 302), [openid]: to(`${elsewhere}/m`, 307) },
    }),
    { kind: 'metadata-missing' },
  ],
  [
    'metadata by redirects without end',
    ({ issuer }) => ({
      routes: {
        [wellKnown]: to(`${issuer}/.well-known/oauth-authorization-server`, 302),
      },
    }),
    { kind: 'metadata-missing' },
  ],
  [
    'metadata by redirect to a file',
    () => ({ routes: { [wellKnown]: to('file:///etc/passwd', 302) } }),
    { kind: 'metadata-missing' },
  ],
  [
    'resource metadata by redirect to another origin',
    ({ elsewhere }) => ({ routes: { [resourcePlace]: to(`${elsewhere}/m`, 302) } }),
    { kind: 'registration-refused', status: 404 },
  ],
  [
    'a challenge that names resource metadata elsewhere',
    ({ elsewhere }) => ({ challenge: [`Bearer resource_metadata="${elsewhere}/prm"`] }),
    { kind: 'done' },
  ],
  [
    'a challenge that names a place in its realm',
    ({ elsewhere }) => ({
      challenge: [`Negotiate, Bearer realm="resource_metadata=${elsewhere}/prm", x_scope="admin"`],
    }),
    { kind: 'done' },
  ],
  [
    'resource metadata of another server',
    ({ elsewhere }) => ({ resource: { resource: `${elsewhere}/mcp` } }),
    { kind: 'resource-mismatch' },
  ],
  [
    'resource metadata of a sibling',
    ({ mcp }) => ({ resource: { resource: mcp.replace(/mcp$/, 'mc') } }),
    { kind: 'resource-mismatch' },
  ],
  [
    'resource metadata that fails',
    () => ({ routes: { [resourcePlace]: echo(500) } }),
    { kind: 'unexpected-status', status: 500 },
  ],
  [
    'resource metadata without end',
    () => ({ routes: { [resourcePlace]: endless } }),
    { kind: 'no-connection', reason: 'too-large' },
  ],
  [
    'metadata that never comes',
    () => ({ routes: { [wellKnown]: () => undefined } }),
    { kind: 'no-connection', reason: 'timeout' },
  ],
  [
    'metadata as deep as it gets',
    () => ({ routes: { [wellKnown]: (response) => response.end('['.repeat(500_000)) } }),
    { kind: 'metadata-missing' },
  ],
  [
    'metadata that is compressed',
    () => ({
      routes: {
        [wellKnown]: (response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('x'),
      },
    }),
    { kind: 'no-connection', reason: 'unreachable' },
  ],
  [
    'metadata that sets a prototype',
    ({ issuer }) => ({
      routes: {
        [wellKnown]: (response) =>
          response.end(`{"__proto__":{"issuer":"${issuer}","token_endpoint":"${issuer}/t"}}`),
      },
    }),
    { kind: 'document-invalid' },
  ],
  [
    'nothing about PKCE',
    () => ({ server: { code_challenge_methods_supported: undefined } }),
    { kind: 'pkce-missing' },
  ],
  [
    'PKCE without a hash',
    () => ({ server: { code_challenge_methods_supported: ['plain'] } }),
    { kind: 'pkce-missing', advertised: ['plain'] },
  ],
  [
    'an error of another issuer',
    ({ elsewhere }) => ({
      answer(answer) {
        answer.delete('code');
        answer.set('iss', elsewhere);
        answer.set('error', 'access_denied');
        answer.set('error_description', 'canary-description');
      },
    }),
    { kind: 'answer-of-another-issuer', flaw: 'different' },
  ],
  [
    'an answer without the issuer it promised',
    () => ({ server: { authorization_response_iss_parameter_supported: true } }),
    { kind: 'answer-of-another-issuer', flaw: 'missing' },
  ],
  [
    'an answer whose issuer has a slash more',
    ({ issuer }) => ({ answer: (answer) => answer.set('iss', `${issuer}/`) }),
    { kind: 'answer-of-another-issuer', flaw: 'different' },
  ],
  [
    'a denial with terminal escapes',
    () => ({
      answer(answer) {
        answer.delete('code');
        answer.set('error', `access_denied${evil}`);
        answer.set('error_description', evil.repeat(1000).slice(0, 5000));
      },
    }),
    { kind: 'authorization-refused' },
  ],
  [
    'somebody else answers first, with a guess and with an error',
    () => ({
      async intrude(redirectUri) {
        const guesses = ['code=evil&state=x', 'error=access_denied', 'code=evil'];
        const answers = guesses.map((query) => fetch(`${redirectUri}?${query}`));
        assert.deepEqual(
          (await Promise.all(answers)).map(({ status }) => status),
          [400, 400, 400],
        );
      },
    }),
    { kind: 'done' },
  ],
  [
    'a registration that is refused with what it was sent',
    () => ({
      routes: {
        'issuer POST /register': json(
          { error: 'invalid_redirect_uri', error_description: evil.repeat(100) },
          400,
        ),
      },
    }),
    { kind: 'registration-refused', status: 400, error: 'invalid_redirect_uri' },
  ],
  [
    'a registration by redirect',
    ({ elsewhere }) => ({ routes: { 'issuer POST /register': to(`${elsewhere}/r`, 307) } }),
    { kind: 'registration-refused', status: 307 },
  ],
  [
    'a registration without a client id',
    () => ({ routes: { 'issuer POST /register': json({}, 201) } }),
    { kind: 'document-invalid', document: 'client registration' },
  ],
  [
    'a token endpoint that sends us on with the code',
    ({ elsewhere }) => ({ routes: { 'issuer POST /token': to(`${elsewhere}/t`, 307) } }),
    { kind: 'token-refused', status: 307 },
  ],
  [
    'a token with a line break',
    tokenAnswers({ access_token: `${accessToken}\r\nX-Evil: 1`, token_type: 'Bearer' }),
    { kind: 'document-invalid', document: 'token' },
  ],
  [
    'a refresh token with a line break',
    tokenAnswers({ access_token: 'a', refresh_token: 'b\nc', token_type: 'Bearer' }),
    { kind: 'document-invalid', document: 'token' },
  ],
  [
    'a token that is an object',
    tokenAnswers({ access_token: { toString: 'x' }, token_type: 'Bearer' }),
    { kind: 'document-invalid', document: 'token' },
  ],
  [
    'a token of another type',
    tokenAnswers({ access_token: accessToken, token_type: 'mac' }),
    { kind: 'document-invalid', document: 'token' },
  ],
  [
    'a token without a type',
    tokenAnswers({ access_token: accessToken }),
    { kind: 'document-invalid', document: 'token' },
  ],
  [
    'a success that is an error',
    tokenAnswers({ error: 'invalid_grant', access_token: accessToken }),
    { kind: 'token-refused', status: 200, error: 'invalid_grant' },
  ],
  [
    'a token endpoint that echoes what it was sent as text',
    () => ({ routes: { 'issuer POST /token': echo(500) } }),
    { kind: 'token-refused', status: 500 },
  ],
  [
    'a token endpoint that echoes what it was sent as success',
    () => ({ routes: { 'issuer POST /token': echo(200) } }),
    { kind: 'document-invalid', document: 'token' },
  ],
  [
    'a token endpoint that echoes what it was sent in an error',
    () => ({
      routes: {
        'issuer POST /token': echo(400, (text) => ({
          error: 'invalid_grant',
          error_description: text,
        })),
      },
    }),
    { kind: 'token-refused', status: 400, error: 'invalid_grant' },
  ],
  [
    'a token answer without end',
    () => ({ routes: { 'issuer POST /token': endless } }),
    { kind: 'no-connection', reason: 'too-large' },
  ],
  [
    'names that draw on the terminal',
    () => ({ resource: { resource_name: evil, scopes_supported: ['read', evil, 'a b'] } }),
    { kind: 'done' },
  ],
];

describe('servers that mean harm to a sign-in', function () {
  this.timeout(30_000);

  const running: Servers[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((servers) => servers.close()));
  });

  async function start(be: Be): Promise<Servers> {
    const servers = await startHostile(be);
    running.push(servers);
    return servers;
  }

  for (const [situation, be, expected] of rows) {
    const { kind } = expected as { readonly kind: string };
    it(`${situation}: ${kind}`, async () => {
      const servers = await start(be);
      const { outcome, opened, shown } = await servers.attempt();
      const ended = outcome.kind === 'failed' ? outcome.failure : outcome;
      assert.deepEqual(partOf(ended, expected), expected, JSON.stringify(ended));
      assert.deepEqual(servers.asked.elsewhere, []);
      for (const url of opened) {
        assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/authorize\?[\w%.*+&=-]+$/);
      }
      checkShown(shown);
      const lines = Object.values(servers.asked).flatMap((asked) => asked.map(({ line }) => line));
      assert.doesNotMatch(lines.join('\n'), /canary/);
    });
  }

  it('a login page with the marks of a shell is opened encoded', async () => {
    const servers = await start(({ issuer }) => ({
      server: { authorization_endpoint: `${issuer}/authorize?a='$(id)\`id\`;|"` },
    }));
    const { outcome, opened } = await servers.attempt();
    assert.equal(outcome.kind, 'done');
    assert.match(opened[0] ?? '', /\/authorize\?[\w%.*+&=-]+$/);
  });

  it('a server that refuses every token is given up after three sign-ins', async () => {
    const challenge = ['Bearer error="invalid_token"'];
    const servers = await start(() => ({ challenge }));
    let held: SignedIn | undefined;
    for (let count = 0; ; count += 1) {
      const next = nextAuthorization(401, challenge, held, count);
      if (next.kind === 'give-up') {
        assert.deepEqual([count, next.failure.kind], [3, 'too-many-authorizations']);
        break;
      }
      const { outcome } = await servers.attempt();
      assert.ok(outcome.kind === 'done');
      held = outcome.value.signedIn;
    }
  });

  it('a secret and a refresh token that a server echoes are not shown', async () => {
    const refuse = echo(400, (text) => ({ error: 'invalid_grant', error_description: text }));
    const clientSecret = 'canary secret/+&';
    const entered: EnteredClient = { clientId: 'entered', clientSecret };
    for (const method of ['client_secret_post', 'client_secret_basic']) {
      const routes: Record<string, Answering> = {};
      const server = { token_endpoint_auth_methods_supported: [method] };
      const servers = await start(() => ({ routes, server }));
      const { outcome } = await servers.attempt({ entered });
      assert.ok(outcome.kind === 'done', JSON.stringify(outcome));
      const { client, signedIn } = outcome.value;
      routes['issuer POST /token'] = refuse;
      const refused = await servers.attempt({ entered });
      checkShown(refused.shown);
      const store = {
        exclusively: <T>(run: () => Promise<T>) => run(),
        read: async () => signedIn,
        write: async () => assert.fail('stored'),
      };
      const ended = await refresh(signedIn, client, servers.ports, store, never);
      assert.equal(ended.kind === 'failed' && ended.failure.kind, 'refresh-refused');
      checkShown((await servers.attempt({ entered })).shown);
    }
  });

  it('a secret stays where it was used when the token endpoint moves', async () => {
    const hostility: { server?: object } = {};
    const servers = await start(() => hostility);
    const entered: EnteredClient = { clientId: 'entered', clientSecret: 'canary-secret' };
    const first = await servers.attempt({ entered });
    assert.ok(first.outcome.kind === 'done', JSON.stringify(first.outcome));
    checkShown(first.shown);

    hostility.server = { token_endpoint: `${servers.elsewhere}/token` };
    const kept = [first.outcome.value.client];
    const second = await servers.attempt({ entered, kept });
    assert.equal(
      second.outcome.kind === 'failed' && second.outcome.failure.kind,
      'token-endpoint-moved',
    );
    assert.deepEqual(second.opened, []);
    assert.deepEqual(servers.asked.elsewhere, []);
  });

  it('a refresh token and a secret go where they came from', async () => {
    const servers = await start(() => ({}));
    const { outcome } = await servers.attempt();
    assert.ok(outcome.kind === 'done', JSON.stringify(outcome));
    const { client, signedIn } = outcome.value;
    const moved = `${servers.elsewhere}/token`;
    for (const [held, sender, expected] of [
      [{ ...signedIn, tokenEndpoint: moved }, client, 'token-endpoint-moved'],
      [signedIn, { ...client, tokenEndpointOrigin: servers.elsewhere }, 'token-endpoint-moved'],
      [signedIn, { ...client, issuer: servers.elsewhere }, 'client-elsewhere'],
      [{ ...signedIn, issuer: servers.elsewhere }, client, 'client-elsewhere'],
    ] as const) {
      const store = {
        exclusively: <T>(run: () => Promise<T>) => run(),
        read: async () => held,
        write: async () => assert.fail('stored'),
      };
      const ended = await refresh(held, sender, servers.ports, store, never);
      assert.equal(ended.kind === 'failed' && ended.failure.kind, expected);
    }
    assert.deepEqual(servers.asked.elsewhere, []);
    const posts = servers.asked.issuer.filter(({ line }) => line === 'POST /token');
    assert.equal(posts.length, 1);
  });
});

/** Of a failure, what the row speaks about. */
function partOf(ended: object, expected: object): object {
  const keys = new Set(Object.keys(expected));
  return Object.fromEntries(Object.entries(ended).filter(([key]) => keys.has(key)));
}

/** What a person may see of a sign-in has no credential in it and draws nothing. */
function checkShown(shown: string): void {
  for (const secret of [code, accessToken, refreshToken, 'canary', 'X-Evil']) {
    assert.ok(!shown.includes(secret), `${secret} in ${shown}`);
  }
  assert.doesNotMatch(shown, /[\u202e\u001b]|\\u001b|\\r|\\n/);
}
