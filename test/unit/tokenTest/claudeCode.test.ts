import assert from 'node:assert/strict';
import { claudeCodeReport } from '../../../src/core/tokenTest/claudeCodeReport';
import { findDifferences } from '../../../src/core/tokenTest/differences';
import type { HttpConditions } from '../../../src/core/tokenTest/httpRunner';
import type { Refusal } from '../../../src/core/tokenTest/refusal';
import type { TestCircumstances } from '../../../src/core/tokenTest/testCircumstances';
import type { StepName, TokenTestOutcome } from '../../../src/core/tokenTest/tokenTestOutcome';
import type { UnreachableCause } from '../../../src/core/tokenTest/unreachable';

const step = 'initialize';
const bearer = { headers: ['Authorization'], variables: ['T'], authorizationScheme: 'Bearer' };
const apiKey = { headers: ['X-API-Key'], variables: ['T'], authorizationScheme: undefined };
const accepted = {
  kind: 'accepted',
  serverName: undefined,
  protocolVersion: '2025-11-25',
  toolCount: 0,
  hasMoreTools: false,
} as const;

function rejected(credential: typeof bearer | typeof apiKey): TokenTestOutcome {
  const reason = { kind: 'no-challenge' } as const;
  return { kind: 'rejected', status: 401, step, reason, credential, offeredSchemes: [] };
}

function forbidden(
  credential: typeof bearer | typeof apiKey,
  at: StepName = step,
): TokenTestOutcome {
  const unknown = { scopeNeeded: undefined, detail: undefined };
  return { kind: 'forbidden', status: 403, step: at, credential, ...unknown };
}

function endpoint(status: number, at: StepName = step): TokenTestOutcome {
  return { kind: 'wrong-endpoint', status, step: at, detail: undefined };
}

function unreachable(cause: UnreachableCause, at: StepName = step): TokenTestOutcome {
  return { kind: 'unreachable', step: at, cause, host: 'h', detail: '' };
}

function refused(refusal: Refusal): TokenTestOutcome {
  return { kind: 'refused-to-send', refusal };
}

function notMcp(flaw: Extract<TokenTestOutcome, { kind: 'not-mcp' }>['flaw']): TokenTestOutcome {
  return { kind: 'not-mcp', step, flaw };
}

const redirected = (status: number) => ({ kind: 'redirected', status, location: '/x' }) as const;

describe('what claude mcp list shows for the same answer', () => {
  const failed = '✘ Failed to connect — ';
  const authorization = (status: number) =>
    `${failed}Server rejected the configured Authorization header (HTTP ${status}). Check that the token is valid for this MCP endpoint — OAuth fallback is disabled when headers.Authorization is set. Error detail: …`;

  const rows: readonly (readonly [TokenTestOutcome, ...(readonly string[])])[] = [
    [accepted, '✔ Connected'],
    [
      { ...accepted, protocolVersion: '1999-01-01' },
      `${failed}Server's protocol version is not supported: 1999-01-01`,
    ],
    [rejected(bearer), authorization(401)],
    [
      rejected(apiKey),
      '! Needs authentication',
      `${failed}Dynamic Client Registration rejected (HTTP 404): …`,
    ],
    [forbidden(bearer), authorization(403)],
    [forbidden(apiKey), '! Needs authentication'],
    [forbidden(bearer, 'tools/list'), '! Needs authentication'],
    [endpoint(404), `${failed}MCP endpoint not found at …. Check the URL in your MCP config.`],
    ...[400, 402, 405, 406, 408, 410, 415, 421].map(
      (status) =>
        [endpoint(status), `${failed}HTTP ${status}: Error POSTing to endpoint: …`] as const,
    ),
    [endpoint(418)],
    [endpoint(404, 'tools/list'), '! Connected · tools fetch failed — …'],
    [
      { kind: 'rate-limited', status: 429, step, retryAfter: undefined },
      `${failed}HTTP 429: Error POSTing to endpoint: …`,
    ],
    [
      { kind: 'server-error', status: 503, step, detail: undefined },
      `${failed}HTTP 503: Error POSTing to endpoint: …`,
    ],
    [
      { kind: 'proxy-page', status: 407, step, product: undefined },
      `${failed}HTTP 407: Error POSTing to endpoint: …`,
    ],
    [
      { kind: 'firewall', status: 403, step, product: undefined },
      '! Needs authentication',
      authorization(403),
    ],
    [
      notMcp({ kind: 'html' }),
      `${failed}CLIENT_HTTP_UNEXPECTED_CONTENT: Unexpected content type: text/html`,
    ],
    [
      notMcp({ kind: 'content-type', contentType: '' }),
      `${failed}CLIENT_HTTP_UNEXPECTED_CONTENT: Unexpected content type: null`,
    ],
    [
      notMcp({ kind: 'content-type', contentType: 'text/plain' }),
      `${failed}CLIENT_HTTP_UNEXPECTED_CONTENT: Unexpected content type: text/plain`,
    ],
    [
      notMcp({ kind: 'empty' }),
      `${failed}CLIENT_HTTP_UNEXPECTED_CONTENT: Unexpected content type: null`,
    ],
    [notMcp({ kind: 'broken-json' }), `${failed}JSON Parse error: …`],
    [notMcp({ kind: 'compressed', encoding: 'gzip' })],
    [
      { kind: 'rpc-error', step, code: -32000, message: 'Unauthorized: bad api key' },
      `${failed}-32000: Unauthorized: bad api key`,
    ],
    [
      { kind: 'rpc-error', step: 'tools/list', code: -32000, message: 'tools broke' },
      '! Connected · tools fetch failed — tools broke',
    ],
    [
      unreachable('refused'),
      `${failed}ECONNREFUSED: Unable to connect. Is the computer able to access the url?`,
    ],
    [unreachable('reset'), `${failed}ECONNRESET: The socket connection was closed unexpectedly. …`],
    [unreachable('tls'), `${failed}EPROTO: The TLS handshake failed. …`],
    [
      unreachable('tls-untrusted'),
      `${failed}EPROTO: The TLS handshake failed. …`,
      `${failed}DEPTH_ZERO_SELF_SIGNED_CERT: self signed certificate`,
    ],
    [unreachable('timeout'), `${failed}MCP server "…" connection timed out after 30000ms`],
    [unreachable('timeout', 'tools/list'), '! Connected · tools fetch failed — Request timed out'],
    [
      refused({ kind: 'url-unreadable' }),
      `${failed}'url' is not a valid URL. Update the server's config and reconnect.`,
    ],
    [
      refused({ kind: 'url-scheme', scheme: 'ftp:' }),
      `${failed}Stopped an MCP request because its address is not http or https. Check the server's address in your settings, or ask the server's owner to fix the addresses it gives.`,
    ],
    [refused({ kind: 'url-scheme', scheme: 'localhost:' })],
    [refused({ kind: 'header-name', header: 'A B' }), `${failed}Invalid header name: 'A B'`],
    [refused({ kind: 'not-latin1', header: 'A' }), `${failed}Header 'A' has invalid value`],
    [refused({ kind: 'quoted', header: 'A' })],
    [redirected(302)],
    [{ kind: 'cancelled' }],
  ];
  for (const [outcome, ...texts] of rows) {
    it(`${JSON.stringify(outcome)}`, () => {
      assert.deepEqual(
        claudeCodeReport(outcome).map(({ text }) => text),
        texts,
      );
    });
  }

  it('other texts for other transports', () => {
    const sse = claudeCodeReport(endpoint(405), 'sse');
    const ws = claudeCodeReport(rejected(bearer), 'ws');
    const limited = { kind: 'rate-limited', status: 429, retryAfter: undefined } as const;
    const sseLimited = claudeCodeReport({ ...limited, step: 'event stream' }, 'sse');
    const listLimited = claudeCodeReport({ ...limited, step: 'tools/list' });
    assert.deepEqual(sseLimited, []);
    assert.deepEqual(listLimited, [{ text: '! Connected · tools fetch failed — …' }]);
    assert.deepEqual(
      [...sse, ...ws],
      [
        { text: `${failed}HTTP 405: SSE error: Non-200 status code (405)` },
        { text: `${failed}WebSocket connection to 'ws://…' failed: Expected 101 status code: 401` },
      ],
    );
  });
});

describe('where Claude Code may see something else', () => {
  const conditions: HttpConditions = {
    curlVersion: '8',
    proxy: undefined,
    caFrom: undefined,
    hasNodeCa: false,
    connectTimeoutMs: 1,
    timeoutMs: 1,
  };

  const rows: readonly (readonly [
    situation: string,
    TokenTestOutcome,
    TestCircumstances,
    ...(readonly RegExp[]),
  ])[] = [
    ['nowhere', accepted, { conditions, variables: [], isApprovalPending: false }],
    ['a server that is not approved', accepted, { isApprovalPending: true }, /⏸ Pending approval/],
    [
      'a variable that it does not find',
      accepted,
      {
        variables: [
          { name: 'A', source: "this window's environment", isSeenByClaude: true },
          { name: 'B', source: '.env', isSeenByClaude: false },
        ],
      },
      /^The value of B came from \.env, .* it sends the text \$\{B\}/,
    ],
    ['a headersHelper', accepted, { hasHeadersHelper: true }, /did not run headersHelper/],
    ['an API key that is rejected', rejected(apiKey), {}, /POSTs to \/register at the origin/],
    ['a header that is rejected', rejected(bearer), {}],
    ['a status after which it tries an event stream', endpoint(405), {}, /event stream/],
    ['a status after which it does not', endpoint(422), {}],
    ['a redirect that keeps the method', redirected(307), {}, /same request/],
    ['a redirect that does not', redirected(302), {}, /with GET in place of POST/],
    ['a compressed answer', notMcp({ kind: 'compressed', encoding: 'br' }), {}, /can read them/],
    [
      'a variable without a value',
      refused({ kind: 'variable-unresolved', where: 'url', variable: 'A' }),
      {},
      /connects all the same/,
    ],
    [
      'localhost without a scheme',
      refused({ kind: 'url-scheme', scheme: 'localhost:' }),
      {},
      /for an address of http\.$/,
    ],
    ['an empty command', refused({ kind: 'command-empty' }), {}, /not start the program either/],
    [
      'a NUL that no program is given',
      refused({ kind: 'nul-character', where: 'args[0]' }),
      {},
      /not start the program either/,
    ],
    ['a part behind "#", which it was not asked about', refused({ kind: 'url-fragment' }), {}],
    ['a value in quotes', refused({ kind: 'quoted', header: 'A' }), {}, /sends the value as it is/],
    ['a run without verification', accepted, { conditions, isUnverified: true }, /verifies it/],
    [
      'certificates that only curl trusts',
      accepted,
      { conditions: { ...conditions, caFrom: 'CURL_CA_BUNDLE' } },
      /CURL_CA_BUNDLE names\. Claude Code reads NODE_EXTRA_CA_CERTS/,
    ],
    [
      'certificates that only it trusts',
      accepted,
      { conditions: { ...conditions, hasNodeCa: true } },
      /^NODE_EXTRA_CA_CERTS is set/,
    ],
    [
      'a proxy of the editor',
      accepted,
      { conditions: { ...conditions, proxy: { host: 'p:1', from: 'http.proxy' } } },
      /setting http\.proxy/,
    ],
    [
      'a proxy of both',
      accepted,
      { conditions: { ...conditions, proxy: { host: 'p:1', from: 'https_proxy' } } },
    ],
  ];
  for (const [situation, outcome, circumstances, ...expected] of rows) {
    it(situation, () => {
      const found = findDifferences(outcome, circumstances);
      assert.equal(found.length, expected.length, JSON.stringify(found));
      expected.forEach((pattern, index) => assert.match(found[index]?.text ?? '', pattern));
    });
  }
});
