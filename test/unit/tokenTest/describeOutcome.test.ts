import assert from 'node:assert/strict';
import { describeOutcome, type OutcomeText } from '../../../src/core/tokenTest/describeOutcome';
import type { RejectionReason } from '../../../src/core/tokenTest/rejection';
import type { TokenTestOutcome } from '../../../src/core/tokenTest/tokenTestOutcome';
import type { UnreachableCause } from '../../../src/core/tokenTest/unreachable';

const step = 'initialize';
const bearer = {
  headers: ['Authorization'],
  variables: ['API_TOKEN'],
  authorizationScheme: 'Bearer',
};
const apiKey = { headers: ['X-API-Key'], variables: ['KEY'], authorizationScheme: undefined };

function rejected(
  reason: RejectionReason,
  credential: typeof bearer | typeof apiKey = bearer,
  offeredSchemes: readonly string[] = ['Bearer'],
): TokenTestOutcome {
  return { kind: 'rejected', status: 401, step, reason, credential, offeredSchemes };
}

function forbidden(scopeNeeded: string | undefined): TokenTestOutcome {
  return {
    kind: 'forbidden',
    status: 403,
    step: 'tools/list',
    scopeNeeded,
    detail: undefined,
    credential: bearer,
  };
}

function unreachable(cause: UnreachableCause): TokenTestOutcome {
  return { kind: 'unreachable', step, cause, host: 'tracker.example', detail: 'no' };
}

const accepted: TokenTestOutcome = {
  kind: 'accepted',
  serverName: 'Tracker',
  protocolVersion: '2025-06-18',
  toolCount: 12,
  hasMoreTools: false,
};
const expired: RejectionReason = { kind: 'expired', header: 'Authorization', agoMs: 259_200_000 };

describe('an outcome in words', () => {
  const whole: readonly (readonly [situation: string, TokenTestOutcome, OutcomeText])[] = [
    [
      'accepted',
      accepted,
      {
        headline: 'Accepted: the server lists 12 tools.',
        state: 'accepted',
        cause:
          'The server calls itself "Tracker", speaks MCP 2025-06-18 and answered initialize and tools/list.',
        next: 'Nothing to do. A server may still ask for more permissions when a tool is called.',
      },
    ],
    [
      'an expired token',
      rejected(expired),
      {
        headline: 'Rejected (401): the token expired 3 days ago (read from the token itself).',
        state: 'rejected (401)',
        cause:
          'The exp claim of the token in Authorization is past; its signature was not verified here. Claude Code reports it as "Server rejected the configured Authorization header (HTTP 401)".',
        next: 'Get a new token, put it where API_TOKEN is set, and test again.',
      },
    ],
    [
      'an API key that is not accepted',
      rejected({ kind: 'no-challenge' }, apiKey, []),
      {
        headline: 'Rejected (401): the server does not accept the value of X-API-Key.',
        state: 'rejected (401)',
        cause:
          'It sent no challenge that says what it expects, as is usual for API keys. Claude Code takes a 401 for a request to sign in and, where the server has no OAuth, reports it as "Dynamic Client Registration rejected": the key is the matter, not a registration.',
        next: 'Check the name of the header and whether the key is active; put a new one where KEY is set if it is not.',
      },
    ],
    [
      'a missing scope',
      forbidden('issues:write'),
      {
        headline: 'Forbidden (403): the token needs scope issues:write.',
        state: 'forbidden (403): needs scope issues:write',
        cause: 'The server knows the token, but its scopes do not cover tools/list.',
        next: 'Get a token with scope issues:write, put it where API_TOKEN is set, and test again.',
      },
    ],
    [
      'a wrong path',
      { kind: 'wrong-endpoint', status: 404, step, detail: undefined },
      {
        headline: 'Wrong endpoint (404): there is nothing at this path.',
        state: 'wrong endpoint (404)',
        cause: 'The server gives no reason.',
        next: 'Check the path of url; most servers use /mcp, some /sse or /.',
      },
    ],
    [
      'an event stream in the place of Streamable HTTP',
      { kind: 'other-transport', speaks: 'sse', status: 405 },
      {
        headline:
          'Wrong type: the server speaks over an event stream, which is type "sse" and not "http".',
        state: 'wrong type: speaks sse',
        cause:
          'POST was answered with 405, and a GET opened an event stream that names an endpoint. Claude Code tries that by itself after such a status, so it may connect all the same.',
        next: 'Change type to "sse", then test again.',
        action: { kind: 'change-type', transport: 'sse' },
      },
    ],
    [
      'a server of the stateless revision',
      { ...accepted, protocolVersion: '2026-07-28', isStateless: true },
      {
        headline: 'Accepted: the server lists 12 tools.',
        state: 'accepted',
        cause:
          'The server calls itself "Tracker", speaks MCP 2026-07-28 and answered server/discover and tools/list.',
        next: 'Nothing to do. A server may still ask for more permissions when a tool is called.',
      },
    ],
    [
      'a refusal to send',
      { kind: 'refused-to-send', refusal: { kind: 'quoted', header: 'Authorization' } },
      {
        headline:
          'Not sent: the value of header Authorization is wrapped in quotes, which the server would read as part of it.',
        state: 'not sent',
        cause:
          'The value of header Authorization is wrapped in quotes, which the server would read as part of it.',
        next: 'Remove the quotes from the header or from the value of its variable.',
      },
    ],
  ];
  for (const [situation, outcome, expected] of whole) {
    it(situation, () => {
      assert.deepEqual(describeOutcome(outcome), expected);
    });
  }

  it('one tool, a first page, and a version that Claude Code does not know', () => {
    const { headline, next } = describeOutcome({
      ...accepted,
      toolCount: 1,
      hasMoreTools: true,
      protocolVersion: '1999-01-01',
    });
    assert.deepEqual(
      [headline, next],
      [
        'Accepted: the server lists at least 1 tool.',
        'Claude Code does not know protocol version 1999-01-01 and would not connect; the server needs to offer 2025-11-25.',
      ],
    );
  });

  it('says what is open, where a later step wants a credential', () => {
    const { headline, cause } = describeOutcome({
      ...rejected({ kind: 'nothing-sent' }),
      step: 'tools/list',
      passed: ['initialize', 'notifications/initialized'],
    } as TokenTestOutcome);
    assert.equal(
      headline,
      'Rejected (401) on tools/list, after initialize had passed: the server wants a credential and none was sent.',
    );
    assert.match(cause, / initialize is open to everybody, tools\/list is not\. /);
  });

  it('says which step failed after others had passed', () => {
    const { headline } = describeOutcome({
      ...unreachable('timeout'),
      step: 'tools/list',
    } as TokenTestOutcome);
    assert.equal(
      headline,
      'Unreachable on tools/list, after initialize had passed: tracker.example did not answer in time.',
    );
  });

  const others: readonly TokenTestOutcome[] = [
    rejected({ kind: 'nothing-sent' }),
    rejected({ kind: 'sign-in', servers: ['https://a.example'], scopes: ['read', 'write'] }),
    rejected({ kind: 'sign-in', servers: ['https://a.example'], scopes: [] }),
    rejected({
      kind: 'other-issuer',
      header: 'Authorization',
      issuer: 'https://a.example',
      trusted: ['https://b.example'],
    }),
    rejected({ kind: 'not-yet-valid', header: 'Authorization', inMs: 60_000 }),
    rejected({ kind: 'no-scheme', scheme: 'Bearer' }),
    rejected({ kind: 'wrong-scheme', sent: 'Token', wanted: ['Bearer'] }),
    rejected({ kind: 'header-not-read', wanted: ['Bearer'] }, apiKey),
    rejected({ kind: 'other-audience', header: 'Authorization', audience: 'https://o.example' }),
    rejected({ kind: 'token-invalid', description: 'revoked' }),
    rejected({ kind: 'unexplained', description: undefined }),
    forbidden(undefined),
    ...[400, 405, 406, 410, 415, 421].map((status): TokenTestOutcome => ({
      kind: 'wrong-endpoint',
      status,
      step,
      detail: 'no',
    })),
    ...(
      [
        { kind: 'empty' },
        { kind: 'html' },
        { kind: 'content-type', contentType: 'text/plain' },
        { kind: 'content-type', contentType: '' },
        { kind: 'broken-json' },
        { kind: 'no-response' },
        { kind: 'protocol-version' },
        { kind: 'session-id' },
        { kind: 'result-type' },
      ] as const
    ).map((flaw): TokenTestOutcome => ({ kind: 'not-mcp', step, flaw })),
    ...[404, 405, 406, 400].map((status): TokenTestOutcome => ({
      kind: 'wrong-endpoint',
      status,
      step: 'event stream',
      detail: 'no',
    })),
    { kind: 'not-mcp', step: 'event stream', flaw: { kind: 'html' } },
    { kind: 'not-mcp', step: 'event stream', flaw: { kind: 'content-type', contentType: 'a/b' } },
    { kind: 'other-transport', speaks: 'http', status: 405 },
    { kind: 'other-transport', speaks: 'sse', status: 404 },
    { kind: 'other-version', supported: ['2099-01-01'] },
    { kind: 'other-version', supported: [] },
    ...(
      [
        { kind: 'no-endpoint', isClosed: true },
        { kind: 'no-endpoint', isClosed: false },
        { kind: 'endpoint-unreadable' },
        { kind: 'endpoint-elsewhere', endpoint: 'https://b.example' },
        { kind: 'no-answer', isClosed: true, isInPost: false },
        { kind: 'no-answer', isClosed: false, isInPost: false },
        { kind: 'no-answer', isClosed: false, isInPost: true },
      ] as const
    ).map((flaw): TokenTestOutcome => ({ kind: 'broken-stream', step, flaw })),
    { ...accepted, isStateless: true, toolCall: { kind: 'open' } },
    { ...accepted, toolCall: { kind: 'protected', status: 401 } },
    { ...accepted, toolCall: { kind: 'protected', status: undefined } },
    { ...accepted, toolCall: { kind: 'unclear' } },
    { kind: 'redirected', status: 302, location: 'https://login.example' },
    { kind: 'redirected', status: 302, location: undefined },
    { kind: 'rate-limited', status: 429, retryAfter: '30' },
    { kind: 'rate-limited', status: 429, retryAfter: undefined },
    { kind: 'server-error', status: 500, step, detail: undefined },
    { kind: 'rpc-error', step, code: -32000, message: 'Unauthorized' },
    { kind: 'rpc-error', step, code: -32000, message: 'no' },
    ...(
      [
        'dns',
        'refused',
        'tls-untrusted',
        'tls',
        'timeout',
        'proxy',
        'reset',
        'not-http',
        'other',
      ] as const
    ).map(unreachable),
    { kind: 'too-large', step },
    { kind: 'curl-missing', problem: { kind: 'not-found' } },
    { kind: 'curl-missing', problem: { kind: 'too-old', path: '/c', version: '7.1' } },
    { kind: 'curl-missing', problem: { kind: 'not-runnable', path: '/c' } },
    { kind: 'cancelled' },
  ];

  for (const outcome of others) {
    const { headline, state, cause, next } = describeOutcome(outcome);
    it(`keeps its tone: ${headline}`, () => {
      for (const sentence of [headline, cause, next]) {
        assert.match(sentence, /^(?:[A-Z]|curl ).*\.$/);
        assert.doesNotMatch(sentence, /!|please|undefined|\{place|\{host|invalid(?!_)/i);
      }
      assert.doesNotMatch(state, /^[A-Z](?!CP)|\.$/);
    });
  }
});
