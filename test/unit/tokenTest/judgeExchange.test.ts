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
    exchange: Parameters<typeof exchangeWith>[0],
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
      },
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
      { kind: 'rate-limited', status: 429, retryAfter: '30' },
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
      'an unknown code of curl',
      { ...noAnswer, curlExitCode: 250 },
      { ...failure, cause: 'other', detail: 'no' },
    ],
  ];
  for (const [situation, exchange, expected] of rows) {
    it(situation, () => {
      assert.deepEqual(outcomeOf(exchangeWith(exchange)), expected);
    });
  }
});

describe('the reason for a 401', () => {
  const challenge = (value: string) => [['WWW-Authenticate', value] as const];
  const invalid = challenge('Bearer error="invalid_token", error_description="token revoked"');
  const expired = jwt({ exp: (now - 3 * day) / 1000, aud: 'https://other.example' });

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
