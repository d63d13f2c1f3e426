import assert from 'node:assert/strict';
import { judgeRequest, type JudgeContext } from '../../../src/core/tokenTest/judgeExchange';
import { createRedactor } from '../../../src/core/tokenTest/redaction';
import type { HttpExchange } from '../../../src/core/tokenTest/httpExchange';
import type { TokenTestOutcome } from '../../../src/core/tokenTest/tokenTestOutcome';
import { exchangeWith } from './exchanges';

const now = 1_800_000_000_000;
const day = 86_400_000;
const opaque = 'opaque-' + 'k3Y9'.repeat(6);

function contextFor(value: string | undefined, name = 'Authorization'): JudgeContext {
  const headers = value === undefined ? [] : [{ name, value, secretNames: ['API_TOKEN'] }];
  const target = {
    transport: 'http' as const,
    serverName: 'tracker',
    url: 'https://tracker.example:8443/mcp',
    headers,
  };
  return { target, redactor: createRedactor(target), step: 'initialize', now };
}

const bearer = contextFor(`Bearer ${opaque}`);

function outcomeOf(exchange: HttpExchange, context = bearer): TokenTestOutcome | 'passed' {
  const judged = judgeRequest(exchange, 1, context);
  return judged.kind === 'passed' ? 'passed' : judged.outcome;
}

function jwt(claims: object): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  return [encode({ alg: 'none' }), encode(claims), 'c2ln'.repeat(10)].join('.');
}

describe('the outcome of one exchange', () => {
  const step = 'initialize';
  const credential = {
    headers: ['Authorization'],
    variables: ['API_TOKEN'],
    authorizationScheme: 'Bearer',
  };
  const failure = { kind: 'unreachable', step, host: 'tracker.example:8443' } as const;
  const noAnswer = { status: undefined, type: '', curlExitCode: 7, curlMessage: 'no' };

  const rows: readonly (readonly [
    situation: string,
    exchange: Parameters<typeof exchangeWith>[0] & { token?: object },
    expected: TokenTestOutcome | 'passed',
  ])[] = [
    ['a result', { body: '{"id":1,"result":{}}' }, 'passed'],
    [
      'a result before the connection broke',
      { body: '{"id":1,"result":{}}', curlExitCode: 18 },
      'passed',
    ],
    [
      'an error of the server, cleaned',
      { body: `{"id":1,"error":{"code":-32000,"message":"bad\\u001b[31m ${opaque}"}}` },
      { kind: 'rpc-error', step, code: -32000, message: 'bad [31m •••' },
    ],
    [
      'a page',
      { type: 'text/html', body: '<p>' },
      { kind: 'not-mcp', step, flaw: { kind: 'html' } },
    ],
    [
      'an odd type',
      { type: 'text/plain', body: 'ok' },
      { kind: 'not-mcp', step, flaw: { kind: 'content-type', contentType: 'text/plain' } },
    ],
    ['nothing', { status: 202 }, { kind: 'not-mcp', step, flaw: { kind: 'empty' } }],
    ['a body beyond the limit', { bodyTruncated: true, body: '{"a' }, { kind: 'too-large', step }],
    [
      'an answer that stops half way',
      { body: '{"a', curlExitCode: 28, curlMessage: 'Operation timed out' },
      { ...failure, cause: 'timeout', detail: 'Operation timed out' },
    ],
    [
      'a redirect, with the credential in its query hidden',
      { status: 307, headers: [['Location', 'https://login.example/?token=abc&next=mcp']] },
      {
        kind: 'redirected',
        status: 307,
        location: 'https://login.example/?token=•••&next=mcp',
        leadsTo: 'other-host',
      },
    ],
    [
      'a redirect on the same host, to be written into the entry',
      { status: 308, headers: [['Location', '/v2/mcp']] },
      {
        kind: 'redirected',
        status: 308,
        location: '/v2/mcp',
        leadsTo: 'same-host',
        newUrl: 'https://tracker.example:8443/v2/mcp',
      },
    ],
    [
      'a redirect on the same host with something private in it',
      { status: 302, headers: [['Location', '/v2/mcp?api_key=abc']] },
      { kind: 'redirected', status: 302, location: '/v2/mcp?api_key=•••', leadsTo: 'same-host' },
    ],
    [
      'a redirect on the same host, without the part behind "#"',
      { status: 308, headers: [['Location', '/v2/mcp#part']] },
      {
        kind: 'redirected',
        status: 308,
        location: '/v2/mcp#part',
        leadsTo: 'same-host',
        newUrl: 'https://tracker.example:8443/v2/mcp',
      },
    ],
    [
      'a redirect that brings a user, which is not for the entry',
      { status: 308, headers: [['Location', 'https://joe@tracker.example:8443/v2/mcp']] },
      {
        kind: 'redirected',
        status: 308,
        location: 'https://•••@tracker.example:8443/v2/mcp',
        leadsTo: 'same-host',
      },
    ],
    [
      'a redirect to where encryption ends',
      { status: 302, headers: [['Location', 'http://tracker.example:8443/mcp']] },
      {
        kind: 'redirected',
        status: 302,
        location: 'http://tracker.example:8443/mcp',
        leadsTo: 'unencrypted',
      },
    ],
    [
      'a redirect to sign in',
      { status: 302, headers: [['Location', 'https://login.example/oauth2/authorize?x=1']] },
      {
        kind: 'redirected',
        status: 302,
        location: 'https://login.example/oauth2/authorize?x=1',
        leadsTo: 'sign-in',
      },
    ],
    [
      'a redirect to a file',
      { status: 302, headers: [['Location', 'file:///etc/passwd']] },
      {
        kind: 'redirected',
        status: 302,
        location: 'file:///etc/passwd',
        leadsTo: 'no-web-address',
      },
    ],
    [
      'a compressed answer',
      { headers: [['Content-Encoding', 'gzip']], body: '\u001f\ufffd\b' },
      { kind: 'not-mcp', step, flaw: { kind: 'compressed', encoding: 'gzip' } },
    ],
    [
      'a compressed error',
      { status: 500, headers: [['Content-Encoding', 'br']], body: '\u001f\ufffd\b' },
      { kind: 'server-error', status: 500, step, detail: undefined },
    ],
    [
      'headers beyond what curl takes',
      { ...noAnswer, curlExitCode: 56, curlMessage: 'Too large response headers: 307211 > 307200' },
      { kind: 'too-large', step, part: 'head' },
    ],
    [
      'one header beyond it',
      { ...noAnswer, curlExitCode: 27 },
      { kind: 'too-large', step, part: 'head' },
    ],
    [
      'a redirect to nowhere',
      { status: 302 },
      { kind: 'redirected', status: 302, location: undefined },
    ],
    [
      'a missing path',
      { status: 404, type: 'text/plain', body: 'Not\nFound' },
      { kind: 'wrong-endpoint', status: 404, step, detail: 'Not Found' },
    ],
    [
      'a method that is not taken, as a page',
      { status: 405, type: 'text/html', body: '<h1>405' },
      { kind: 'wrong-endpoint', status: 405, step, detail: undefined },
    ],
    [
      'a bad request with a JSON-RPC error',
      { status: 400, body: '{"error":{"code":-32600,"message":"Bad Request: no session"}}' },
      { kind: 'wrong-endpoint', status: 400, step, detail: 'Bad Request: no session' },
    ],
    [
      'a failing server',
      { status: 503, body: '{"message":"down"}' },
      { kind: 'server-error', status: 503, step, detail: 'down' },
    ],
    [
      'too many requests',
      { status: 429, headers: [['retry-after', '30']] },
      { kind: 'rate-limited', status: 429, step, retryAfter: '30' },
    ],
    [
      'a missing scope',
      {
        status: 403,
        headers: [['WWW-Authenticate', 'Bearer error="insufficient_scope", scope="issues:write"']],
      },
      {
        kind: 'forbidden',
        status: 403,
        step,
        scopeNeeded: 'issues:write',
        detail: undefined,
        credential,
      },
    ],
    [
      'a token that tells its scopes',
      {
        status: 403,
        headers: [['WWW-Authenticate', 'Bearer scope="issues:write"']],
        token: { scope: 'repo:read user' },
      },
      {
        kind: 'forbidden',
        status: 403,
        step,
        scopeNeeded: 'issues:write',
        scopesHeld: ['repo:read', 'user'],
        detail: undefined,
        credential,
      },
    ],
    [
      'no permission',
      { status: 403, body: '{"error":"organization not approved"}' },
      {
        kind: 'forbidden',
        status: 403,
        step,
        scopeNeeded: undefined,
        detail: 'organization not approved',
        credential,
      },
    ],
    [
      'an unknown host',
      { ...noAnswer, curlExitCode: 6 },
      { ...failure, cause: 'dns', detail: 'no' },
    ],
    ['a closed port', noAnswer, { ...failure, cause: 'refused', detail: 'no' }],
    [
      'an unknown certificate',
      { ...noAnswer, curlExitCode: 60 },
      { ...failure, cause: 'tls-untrusted', detail: 'no' },
    ],
    [
      'a failed handshake',
      { ...noAnswer, curlExitCode: 35 },
      { ...failure, cause: 'tls', detail: 'no' },
    ],
    [
      'a closed connection',
      { ...noAnswer, curlExitCode: 52 },
      { ...failure, cause: 'reset', detail: 'no' },
    ],
    [
      'another protocol',
      { ...noAnswer, curlExitCode: 1 },
      { ...failure, cause: 'not-http', detail: 'no' },
    ],
    [
      'a proxy that wants a sign-in',
      { ...noAnswer, curlExitCode: 56, curlMessage: 'CONNECT tunnel failed, response 407' },
      { ...failure, cause: 'proxy', detail: 'CONNECT tunnel failed, response 407' },
    ],
    ["a proxy's own answer", { status: 407 }, { ...failure, cause: 'proxy', detail: '' }],
    [
      'a network that wants a sign-in',
      { status: 511 },
      { kind: 'proxy-page', status: 511, step, product: undefined },
    ],
    [
      'an unknown code of curl',
      { ...noAnswer, curlExitCode: 250 },
      { ...failure, cause: 'other', detail: 'no' },
    ],
  ];
  for (const [situation, { token, ...exchange }, expected] of rows) {
    it(situation, () => {
      const context = token === undefined ? bearer : contextFor(`Bearer ${jwt(token)}`);
      assert.deepEqual(outcomeOf(exchangeWith(exchange), context), expected);
    });
  }
});

describe('a 407', () => {
  it('is of the server where no proxy is in use', () => {
    const outcome = outcomeOf(exchangeWith({ status: 407 }), { ...bearer, hasProxy: false });
    assert.deepEqual(outcome, {
      kind: 'wrong-endpoint',
      status: 407,
      step: 'initialize',
      detail: undefined,
    });
  });
});

describe('the reason for a 401', () => {
  const challenge = (value: string) => [['WWW-Authenticate', value] as const];
  const invalid = challenge('Bearer error="invalid_token", error_description="token revoked"');
  const expired = jwt({ exp: (now - 3 * day) / 1000, aud: 'https://other.example' });

  it('says nothing of a credential that a challenge repeats with its quotes', () => {
    const context = contextFor('Bearer hunter"two\\three-secret');
    const repeated =
      'Bearer error="invalid_token", error_description="no hunter"two\\three-secret"';
    const outcome = outcomeOf(exchangeWith({ status: 401, headers: challenge(repeated) }), context);
    assert.doesNotMatch(JSON.stringify(outcome), /hunter|secret/);
  });

  const rows: readonly (readonly [
    situation: string,
    context: JudgeContext,
    headers: HttpExchange['headers'],
    expected: object,
  ])[] = [
    ['nothing was sent', contextFor(undefined), invalid, { kind: 'nothing-sent' }],
    [
      'an expired token, whatever the challenge says',
      contextFor(`Bearer ${expired}`),
      invalid,
      { kind: 'expired', header: 'Authorization', agoMs: 3 * day },
    ],
    [
      'an expired token in a header of its own',
      contextFor(expired, 'X-Access'),
      [],
      { kind: 'expired', header: 'X-Access', agoMs: 3 * day },
    ],
    [
      'a token from the future',
      contextFor(`Bearer ${jwt({ nbf: (now + day) / 1000 })}`),
      invalid,
      { kind: 'not-yet-valid', header: 'Authorization', inMs: day },
    ],
    [
      'a token that names no time in numbers',
      contextFor(`Bearer ${jwt({}).replace('e30', btoa('{"nbf":1e999,"exp":1e999}'))}`),
      invalid,
      { kind: 'token-invalid', description: 'token revoked' },
    ],
    [
      'a valid token for another host',
      contextFor(`Bearer ${jwt({ exp: (now + day) / 1000, aud: ['https://other.example/x'] })}`),
      invalid,
      { kind: 'other-audience', header: 'Authorization', audience: 'https://other.example/x' },
    ],
    [
      'a valid token whose audience is a name',
      contextFor(`Bearer ${jwt({ aud: 'tracker-api' })}`),
      invalid,
      { kind: 'token-invalid', description: 'token revoked' },
    ],
    ['no scheme', contextFor(opaque), invalid, { kind: 'no-scheme', scheme: 'Bearer' }],
    [
      'another scheme',
      contextFor(`Token ${opaque}`),
      challenge('Basic realm="x", Bearer'),
      { kind: 'wrong-scheme', sent: 'Token', wanted: ['Basic', 'Bearer'] },
    ],
    [
      'a challenge for a header that was not sent',
      contextFor(opaque, 'X-API-Key'),
      challenge('Bearer'),
      { kind: 'header-not-read', wanted: ['Bearer'] },
    ],
    ['an API key and no challenge', contextFor(opaque, 'X-API-Key'), [], { kind: 'no-challenge' }],
    [
      'a valid token for another path of the same host',
      contextFor(`Bearer ${jwt({ aud: 'https://tracker.example:8443/api' })}`),
      challenge('Bearer'),
      {
        kind: 'other-audience',
        header: 'Authorization',
        audience: 'https://tracker.example:8443/api',
      },
    ],
    [
      'a valid token for the whole host',
      contextFor(`Bearer ${jwt({ aud: ['https://tracker.example:8443/'] })}`),
      challenge('Bearer'),
      { kind: 'unexplained', description: undefined },
    ],
    [
      'an audience that is the name of an application',
      contextFor(`Bearer ${jwt({ aud: 'api://7c2f' })}`),
      challenge('Bearer'),
      { kind: 'unexplained', description: undefined },
    ],
    [
      'a scope that the challenge asks for',
      bearer,
      challenge('Bearer error="insufficient_scope", scope="issues:write"'),
      { kind: 'scope-missing', scope: 'issues:write', held: undefined },
    ],
    [
      'a scope that the token does not have',
      contextFor(`Bearer ${jwt({ scp: ['repo:read'] })}`),
      challenge('Bearer scope="repo:read issues:write"'),
      { kind: 'scope-missing', scope: 'repo:read issues:write', held: ['repo:read'] },
    ],
    [
      'a scope that the token has',
      contextFor(`Bearer ${jwt({ scope: 'a b' })}`),
      challenge('Bearer scope="a"'),
      { kind: 'unexplained', description: undefined },
    ],
    [
      'a user and a password that are not encoded',
      contextFor('Basic ann:open-sesame'),
      challenge('Basic realm="x"'),
      { kind: 'basic-not-encoded', header: 'Authorization' },
    ],
    [
      'a user and a password that are',
      contextFor(`Basic ${btoa('ann:open-sesame')}`),
      challenge('Basic realm="x"'),
      { kind: 'unexplained', description: undefined },
    ],
    [
      'a token of Basic where Bearer is wanted',
      contextFor(`Basic ${opaque}`),
      challenge('Bearer'),
      { kind: 'wrong-scheme', sent: 'Basic', wanted: ['Bearer'] },
    ],
    [
      'a bare challenge',
      bearer,
      challenge('bearer'),
      { kind: 'unexplained', description: undefined },
    ],
  ];
  for (const [situation, context, headers, expected] of rows) {
    it(situation, () => {
      const outcome = outcomeOf(exchangeWith({ status: 401, headers }), context);
      assert.deepEqual(
        outcome !== 'passed' && outcome.kind === 'rejected' && outcome.reason,
        expected,
      );
    });
  }
});

describe('times that a token names', () => {
  const minute = 60_000;
  const iso = (ms: number) => new Date(ms).toUTCString();
  const rows = [
    ['the clocks agree', { exp: now - minute }, now, undefined, 'expired'],
    ['this clock is ahead', { exp: now - minute }, now - 7 * minute, 7 * minute, 'token-invalid'],
    ['this clock is behind', { exp: now + minute }, now + 7 * minute, -7 * minute, 'expired'],
    ['it starts later there', { nbf: now }, now - 7 * minute, 7 * minute, 'not-yet-valid'],
  ] as const;
  for (const [situation, claims, serverNow, clockAheadMs, kind] of rows) {
    it(`are compared with the clock of the server: ${situation}`, () => {
      const seconds = Object.entries(claims).map(([name, ms]) => [name, ms / 1000]);
      const outcome = outcomeOf(
        exchangeWith({
          status: 401,
          headers: [
            ['WWW-Authenticate', 'Bearer error="invalid_token"'],
            ['Date', iso(serverNow)],
          ],
        }),
        contextFor(`Bearer ${jwt(Object.fromEntries(seconds))}`),
      );
      assert.ok(outcome !== 'passed' && outcome.kind === 'rejected');
      assert.deepEqual([outcome.reason.kind, outcome.clockAheadMs], [kind, clockAheadMs]);
    });
  }
});
