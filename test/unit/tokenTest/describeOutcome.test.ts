import assert from 'node:assert/strict';
import type { SentCredential } from '../../../src/core/tokenTest/credentials';
import { describeOutcome, type OutcomeText } from '../../../src/core/tokenTest/describeOutcome';
import type { NextAction } from '../../../src/core/tokenTest/nextAction';
import type { Refusal } from '../../../src/core/tokenTest/refusal';
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
  credential: SentCredential = bearer,
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

function refused(refusal: Refusal): TokenTestOutcome {
  return { kind: 'refused-to-send', refusal };
}

const accepted = {
  kind: 'accepted',
  serverName: 'Tracker',
  protocolVersion: '2025-06-18',
  toolCount: 12,
  hasMoreTools: false,
} as const;
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
        action: undefined,
      },
    ],
    [
      'an expired token',
      rejected(expired),
      {
        headline: 'Rejected (401): the token expired 3 days ago (read from the token itself).',
        state: 'rejected (401)',
        cause:
          'The exp claim of the token in Authorization is past; its signature was not verified here.',
        next: 'Get a new token, put it where API_TOKEN is set, and test again.',
        action: { kind: 'set-variable', name: 'API_TOKEN' },
      },
    ],
    [
      'an API key that is not accepted',
      rejected({ kind: 'no-challenge' }, apiKey, []),
      {
        headline: 'Rejected (401): the server does not accept the value of X-API-Key.',
        state: 'rejected (401)',
        cause: 'It sent no challenge that says what it expects, as is usual for API keys.',
        next: 'Check the name of the header and whether the key is active; put a new one where KEY is set if it is not.',
        action: { kind: 'set-variable', name: 'KEY' },
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
        action: { kind: 'set-variable', name: 'API_TOKEN' },
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
        action: { kind: 'open-entry', field: 'url' },
      },
    ],
    [
      'a session that the server does not know any more',
      { kind: 'session-lost', status: 404, step: 'tools/list', detail: 'Session not found' },
      {
        headline:
          'Session lost (404) on tools/list, after initialize had passed: the server does not go on with the session.',
        state: 'session lost (404)',
        cause:
          'The server says: "Session not found". It may run in several instances that do not share their sessions, or have been restarted in between.',
        next: "Test again; if it stays, tell the server's operator. The path of url is right, as initialize was answered there.",
        action: { kind: 'test-again' },
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
        action: undefined,
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
        action: { kind: 'open-entry', field: 'headers' },
      },
    ],
  ];
  for (const [situation, outcome, expected] of whole) {
    it(situation, () => {
      assert.deepEqual(describeOutcome(outcome), {
        ...expected,
        isAccepted: outcome.kind === 'accepted',
      });
    });
  }

  it('one tool, a first page, and a version that Claude Code does not know', () => {
    const { headline, next, state, isAccepted } = describeOutcome({
      ...accepted,
      toolCount: 1,
      hasMoreTools: true,
      protocolVersion: '1999-01-01',
    });
    assert.deepEqual(
      [headline, state, isAccepted, next],
      [
        'Accepted, in a version that Claude Code does not know: the server lists at least 1 tool.',
        'accepted, unknown version',
        false,
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
    assert.match(cause, / initialize is open to everybody, tools\/list is not\.$/);
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

  it('looks for a time-out after contact at the server, not at the network', () => {
    const { next } = describeOutcome({
      ...unreachable('timeout'),
      step: 'tools/list',
    } as TokenTestOutcome);
    assert.match(next, /^The server was reached a moment before/);
  });

  const headlines: readonly (readonly [TokenTestOutcome, headline: string])[] = [
    [
      { kind: 'wrong-endpoint', status: 402, step, detail: undefined },
      'Payment required (402): the server wants to be paid for this.',
    ],
    [
      { kind: 'wrong-endpoint', status: 451, step, detail: undefined },
      'Withheld for legal reasons (451): the server may not answer this here.',
    ],
    [
      { kind: 'wrong-endpoint', status: 407, step, detail: undefined },
      'Wrong endpoint (407): it answers as a proxy would, and no proxy is in use.',
    ],
    [
      { kind: 'proxy-page', status: 511, step, product: undefined },
      'Sign-in to the network (511): the network answered in place of the server.',
    ],
    [
      { kind: 'redirected', status: 304, location: undefined },
      'Not answered (304): the server says that nothing has changed.',
    ],
    [
      { kind: 'redirected', status: 300, location: undefined },
      'Redirected (300): the server names no place to go to.',
    ],
    [
      { kind: 'not-mcp', step: 'tools/list', flaw: { kind: 'tools' } },
      'Not MCP: the result of tools/list holds no list of tools.',
    ],
  ];
  for (const [outcome, headline] of headlines) {
    it(headline, () => {
      assert.equal(describeOutcome(outcome).headline, headline);
    });
  }

  it("says what a proxy's own answer asks for", () => {
    const { cause } = describeOutcome({
      ...unreachable('proxy'),
      detail: '',
    } as TokenTestOutcome);
    assert.match(cause, /^It answered with status 407/);
  });

  it('puts the whole story of a clock that is wrong into the cause', () => {
    const { cause } = describeOutcome({
      ...rejected(expired),
      clockAheadMs: -420_000,
    } as TokenTestOutcome);
    assert.equal(
      cause,
      "The exp claim of the token in Authorization is past; its signature was not verified here. The clock of this computer is 7 minutes behind that of the server. The time was compared with the server's.",
    );
  });

  it('warns of an answer from a server that nobody has verified', () => {
    const { headline, state, isAccepted, cause } = describeOutcome({
      ...accepted,
      isUnverified: true,
    });
    assert.deepEqual(
      [isAccepted, headline, state],
      [
        false,
        'Accepted, by a server whose certificate was not verified: it lists 12 tools.',
        'accepted, not verified',
      ],
    );
    assert.match(cause, /Who answered is not known, and the credential went there\.$/);
  });

  it('says which scopes a token has where it tells them', () => {
    const { headline } = describeOutcome({
      ...forbidden('issues:write'),
      scopesHeld: ['repo:read'],
    } as TokenTestOutcome);
    assert.equal(
      headline,
      'Forbidden (403): the server asks for scope issues:write; this token has repo:read.',
    );
  });

  const forbiddenFor = [
    ['Resource protected by organization SAML enforcement', /single sign-on/],
    ['Your organization has not approved this application', /^Ask an administrator/],
    ['User does not belong to tenant 7', /organization, tenant or workspace/],
    ['IP address not on the allow list', /VPN/],
    ['Invalid Origin header', /^Check url/],
    ['no', /^Check what the token may do/],
  ] as const;
  for (const [detail, advice] of forbiddenFor) {
    it(`advises on a 403 that says: ${detail}`, () => {
      const { next } = describeOutcome({ ...forbidden(undefined), detail } as TokenTestOutcome);
      assert.match(next, advice);
    });
  }

  const set = { kind: 'set-variable', name: 'API_TOKEN' } as const;
  const again = { kind: 'test-again' } as const;
  const open = (field: 'url' | 'headers') => ({ kind: 'open-entry', field }) as const;
  const header = 'Authorization';
  const redirected = { kind: 'redirected', status: 302, location: 'https://x.example/' } as const;
  const newUrl = 'https://tracker.example/v2/mcp';

  const others: readonly (readonly [NextAction | undefined, ...TokenTestOutcome[]])[] = [
    [
      undefined,
      { ...accepted, protocolVersion: '1999-01-01' },
      { ...accepted, isStateless: true, toolCall: { kind: 'open' } },
      { ...accepted, toolCall: { kind: 'protected', status: 401 } },
      { ...accepted, toolCall: { kind: 'protected', status: undefined } },
      { ...accepted, toolCall: { kind: 'unclear' } },
    ],
    [again, { ...accepted, isUnverified: true }],
    [
      { kind: 'sign-in' },
      rejected({ kind: 'nothing-sent' }),
      rejected({ kind: 'sign-in', servers: ['https://a.example'], scopes: ['read', 'write'] }),
      rejected({ kind: 'sign-in', servers: ['https://a.example'], scopes: [] }),
    ],
    [
      { kind: 'change-type', transport: 'http' },
      { kind: 'other-transport', speaks: 'http', status: 405 },
    ],
    [
      { kind: 'change-type', transport: 'sse' },
      { kind: 'other-transport', speaks: 'sse', status: 404 },
    ],
    [
      again,
      { kind: 'other-version', supported: ['2099-01-01'] },
      { kind: 'other-version', supported: [] },
      ...[true, false].map((isClosed): TokenTestOutcome => ({
        kind: 'broken-stream',
        step,
        flaw: { kind: 'no-answer', isClosed, isInPost: false },
      })),
    ],
    [
      open('url'),
      ...[404, 405, 406, 400].map((status): TokenTestOutcome => ({
        kind: 'wrong-endpoint',
        status,
        step: 'event stream',
        detail: 'no',
      })),
      { kind: 'not-mcp', step: 'event stream', flaw: { kind: 'html' } },
      { kind: 'not-mcp', step: 'event stream', flaw: { kind: 'content-type', contentType: 'a/b' } },
      ...(
        [
          { kind: 'no-endpoint', isClosed: true },
          { kind: 'no-endpoint', isClosed: false },
          { kind: 'endpoint-unreadable' },
          { kind: 'endpoint-elsewhere', endpoint: 'https://b.example' },
          { kind: 'no-answer', isClosed: false, isInPost: true },
        ] as const
      ).map((flaw): TokenTestOutcome => ({ kind: 'broken-stream', step, flaw })),
    ],
    [open('headers'), rejected({ kind: 'nothing-sent' }, bearer, [])],
    [again, rejected({ kind: 'not-yet-valid', header, inMs: 60_000 })],
    [
      open('headers'),
      rejected({ kind: 'no-scheme', scheme: 'Bearer' }),
      rejected({ kind: 'wrong-scheme', sent: 'Token', wanted: ['Bearer'] }),
      rejected({ kind: 'header-not-read', wanted: ['Bearer'] }, apiKey),
      rejected({ kind: 'token-invalid', description: 'no' }, { ...bearer, variables: [] }),
      rejected({ kind: 'no-challenge' }, { ...apiKey, variables: ['KEY', 'SECRET'] }),
    ],
    [
      set,
      rejected({ kind: 'other-audience', header, audience: 'https://o.example' }),
      rejected({
        kind: 'other-issuer',
        header,
        issuer: 'https://a.example',
        trusted: ['https://b.example'],
      }),
      rejected({ kind: 'scope-missing', scope: 'a:b', held: ['c'] }),
      rejected({ kind: 'scope-missing', scope: undefined, held: undefined }),
      rejected({ kind: 'scope-missing', scope: 'a:b', held: [] }),
      rejected({ kind: 'basic-not-encoded', header }),
      rejected({ kind: 'token-invalid', description: 'revoked' }),
      rejected({ kind: 'unexplained', description: undefined }),
      forbidden(undefined),
    ],
    [
      open('url'),
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
          { kind: 'result-type' },
        ] as const
      ).map((flaw): TokenTestOutcome => ({ kind: 'not-mcp', step, flaw })),
      { ...redirected, leadsTo: 'other-host' },
      { ...redirected, leadsTo: 'same-host' },
      { ...redirected, leadsTo: 'unencrypted' },
      { ...redirected, location: 'file:///etc/passwd', leadsTo: 'no-web-address' },
      { kind: 'redirected', status: 302, location: undefined },
      ...(['dns', 'tls', 'not-http'] as const).map(unreachable),
      { kind: 'too-large', step },
      { kind: 'too-large', step, part: 'head' },
    ],
    [open('headers'), { ...redirected, leadsTo: 'sign-in' }],
    [
      { kind: 'replace-url', url: newUrl },
      { ...redirected, location: '/v2/mcp', leadsTo: 'same-host', newUrl },
    ],
    [
      again,
      ...(
        [
          { kind: 'compressed', encoding: 'gzip' },
          { kind: 'protocol-version' },
          { kind: 'session-id' },
        ] as const
      ).map((flaw): TokenTestOutcome => ({ kind: 'not-mcp', step, flaw })),
      { kind: 'rate-limited', status: 429, step, retryAfter: '30' },
      { kind: 'rate-limited', status: 429, step, retryAfter: undefined },
      { kind: 'server-error', status: 500, step, detail: undefined },
      { kind: 'proxy-page', status: 403, step, product: 'Squid' },
      { kind: 'proxy-page', status: 200, step, product: undefined },
      { kind: 'firewall', status: 403, step, product: 'Cloudflare' },
      { kind: 'firewall', status: 403, step, product: undefined },
      { kind: 'rpc-error', step, code: -32000, message: 'no' },
      ...(['refused', 'timeout', 'reset', 'other'] as const).map(unreachable),
      { kind: 'cancelled' },
    ],
    [open('headers'), { kind: 'rpc-error', step, code: -32000, message: 'Unauthorized' }],
    [{ kind: 'test-unverified' }, unreachable('tls-untrusted')],
    [{ kind: 'open-setting', setting: 'http.proxy' }, unreachable('proxy')],
    [
      { kind: 'open-setting', setting: 'mcpAuth.curl.path' },
      { kind: 'curl-missing', problem: { kind: 'not-found' } },
      { kind: 'curl-missing', problem: { kind: 'too-old', path: '/c', version: '7.1' } },
      { kind: 'curl-missing', problem: { kind: 'not-runnable', path: '/c' } },
    ],
    [
      set,
      refused({ kind: 'variable-unresolved', where: 'url', variable: 'API_TOKEN' }),
      ...(
        [
          'value-empty',
          'scheme-without-token',
          'control-character',
          'not-latin1',
          'inner-white-space',
          'too-long',
        ] as const
      ).map((kind) => refused({ kind, header, variable: 'API_TOKEN' })),
    ],
    [
      open('url'),
      refused({ kind: 'url-unreadable' }),
      refused({ kind: 'url-scheme', scheme: 'ftp:' }),
      refused({ kind: 'variable-unresolved', where: 'url', variable: 'env:HOST' }),
    ],
    [
      open('headers'),
      refused({ kind: 'variable-unresolved', where: 'header X', variable: '' }),
      refused({ kind: 'header-name', header: 'X Y' }),
      ...(['value-empty', 'scheme-doubled', 'outer-white-space', 'quoted'] as const).map((kind) =>
        refused({ kind, header }),
      ),
    ],
  ];

  for (const [action, ...outcomes] of others) {
    for (const outcome of outcomes) {
      const text = describeOutcome(outcome);
      it(`keeps its tone, and offers ${action?.kind ?? 'nothing'}: ${text.headline}`, () => {
        for (const sentence of [text.headline, text.cause, text.next]) {
          assert.match(sentence, /^(?:[A-Z]|curl ).*\.$/);
          assert.doesNotMatch(sentence, /!|please|undefined|\{place|\{host|invalid(?!_)/i);
        }
        assert.doesNotMatch(text.state, /^[A-Z](?!CP)|\.$/);
        assert.deepEqual(text.action, action);
      });
    }
  }
});
