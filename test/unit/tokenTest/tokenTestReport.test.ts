import assert from 'node:assert/strict';
import type { TestCircumstances } from '../../../src/core/tokenTest/testCircumstances';
import type { TokenTestOutcome } from '../../../src/core/tokenTest/tokenTestOutcome';
import { formatTokenTestReport } from '../../../src/core/tokenTest/tokenTestReport';
import { exchangeWith } from './exchanges';

const step = {
  name: 'initialize',
  request: {
    method: 'POST',
    url: 'https://tracker.example/mcp',
    headers: [['Authorization', 'Bearer ${API_TOKEN}']],
    body: '{"method":"initialize"}',
  },
  exchange: exchangeWith({
    status: 404,
    type: 'text/plain',
    timings: { nameLookupMs: 1, connectMs: 2, tlsMs: 30, firstByteMs: 40, totalMs: 41 },
    body: 'no ``` such\r\n\u202Epath\u0007\n',
  }),
  durationMs: 55,
  kind: 'http',
} as const;

describe('the report of a token test', () => {
  it('tells outcome, cause, next step, and each exchange', () => {
    const report = formatTokenTestReport({
      serverName: 'a_b <i>@ann #1 www.evil.example',
      outcome: { kind: 'wrong-endpoint', status: 404, step: 'initialize', detail: '[x](y)' },
      steps: [step],
    });
    assert.equal(
      report,
      `# Token test: a\\_b \\<i>@<!-- -->ann #<!-- -->1 www\\.evil.example

**Wrong endpoint (404): there is nothing at this path.**

- Cause: The server says: "\\[x\\](y)".
- Next step: Check the path of url; most servers use /mcp, some /sse or /.

| Step | Status | Name look-up | Connected | TLS | First byte | Duration |
| --- | --- | ---: | ---: | ---: | ---: | ---: |
| initialize | 404 | 1 ms | 2 ms | 30 ms | 40 ms | 55 ms |

## In Claude Code

- \`claude mcp list\` shows \`✘ Failed to connect — MCP endpoint not found at …. Check the URL in your MCP config.\`.
- After a POST that is answered with 404, Claude Code asks for an event stream at the same address, as for type "sse".

## initialize

\`\`\`
POST https://tracker.example/mcp
Authorization: Bearer \${API_TOKEN}

{"method":"initialize"}
\`\`\`

\`\`\`
HTTP/1.1 404
Content-Type: text/plain
\`\`\`

\`\`\`\`
no \`\`\` such
<U+202E>path<U+0007>
\`\`\`\`
`,
    );
  });

  it('shows the beginning of a long body and says so', () => {
    const exchange = { ...step.exchange, body: 'x'.repeat(5000) };
    const report = formatTokenTestReport({
      serverName: 'tracker',
      outcome: { kind: 'cancelled' },
      steps: [{ ...step, exchange }],
    });
    assert.deepEqual(report.match(/x{100,}/g), ['x'.repeat(2048)]);
    assert.match(report, /There is more; these are the first 2048 characters\.\n$/);
  });

  it('says what curl said where no answer came', () => {
    const exchange = {
      ...exchangeWith({ status: undefined, type: '', curlExitCode: 6 }),
      httpVersion: undefined,
      curlMessage: 'Could not resolve host',
    };
    const report = formatTokenTestReport({
      serverName: 'tracker',
      outcome: { kind: 'cancelled' },
      steps: [{ ...step, exchange }],
    });
    assert.match(report, /\| initialize \| no answer \| {2}\| {2}\| {2}\| {2}\| 55 ms \|/);
    assert.match(report, /```\ncurl: \(6\) Could not resolve host\n```\n$/);
  });

  it('a test without requests has no table', () => {
    const refusal = { kind: 'url-unreadable' } as const;
    const outcome = { kind: 'refused-to-send', refusal } as const;
    const report = formatTokenTestReport({ serverName: 'tracker', outcome, steps: [] });
    assert.match(report, /\n\nNo request was completed\.\n\n## In Claude Code\n/);
  });

  it('says how it was tested, and what was not verified', () => {
    const report = formatTokenTestReport({
      serverName: 'tracker',
      outcome: { kind: 'cancelled' },
      steps: [{ ...step, clockAheadMs: 180_000 }],
      circumstances: {
        isUnverified: true,
        variables: [{ name: 'API_TOKEN', source: '.env', isSeenByClaude: false }],
        conditions: {
          curlVersion: '8.5.0',
          proxy: { host: 'proxy.example:3128', from: 'https_proxy' },
          caFrom: undefined,
          hasNodeCa: true,
          connectTimeoutMs: 10_000,
          timeoutMs: 20_000,
        },
      },
    });
    assert.match(report, /\n\n\*\*The certificate was not verified in this test:\*\* /);
    assert.ok(
      report.includes(`## How it was tested

- curl 8.5.0, with 10 s to connect and 20 s for each request. No redirect is followed.
- Through the proxy \`proxy.example:3128\`, from \`https_proxy\`.
- Certificates were not verified.
- \`NODE_EXTRA_CA_CERTS\` is set; curl does not use it.
- \`API_TOKEN\` from .env.
- The clock of this computer is 3 minutes ahead of that of the server.
`),
      report,
    );
  });

  const conditions = {
    curlVersion: '8.5.0',
    proxy: undefined,
    caFrom: undefined,
    hasNodeCa: false,
    connectTimeoutMs: 1,
    timeoutMs: 1,
  };
  const accepted: TokenTestOutcome = {
    kind: 'accepted',
    serverName: undefined,
    protocolVersion: '2025-11-25',
    toolCount: 0,
    hasMoreTools: false,
  };
  const fromDotEnv = { name: 'API_TOKEN', source: '.env', isSeenByClaude: false };
  const provisos: readonly (readonly [string, TestCircumstances])[] = [
    ['', { conditions }],
    ['Once it is approved, ', { isApprovalPending: true }],
    ['With a certificate that it trusts, ', { isUnverified: true }],
    ['With API\\_TOKEN in its environment, ', { variables: [fromDotEnv] }],
    ['Without what headersHelper adds, ', { hasHeadersHelper: true }],
    [
      'Where it trusts the same certificates, ',
      { conditions: { ...conditions, caFrom: 'CURL_CA_BUNDLE' } },
    ],
    [
      'Through the same proxy, ',
      { conditions: { ...conditions, proxy: { host: 'p:1', from: 'http.proxy' } } },
    ],
    ['', { conditions: { ...conditions, hasNodeCa: true } }],
    [
      'Once it is approved, and with API\\_TOKEN in its environment, ',
      { isApprovalPending: true, variables: [fromDotEnv] },
    ],
  ];
  for (const [proviso, circumstances] of provisos) {
    it(`says when Claude Code shows it: ${JSON.stringify(circumstances)}`, () => {
      const result = { serverName: 'a', outcome: accepted, steps: [], circumstances };
      const lines = formatTokenTestReport(result).split('\n');
      const shown = lines.filter((line) => line.includes('Connected'));
      assert.deepEqual(shown, [`- ${proviso}\`claude mcp list\` shows \`✔ Connected\`.`]);
    });
  }

  it('shows what went over a channel', () => {
    const report = formatTokenTestReport({
      serverName: 'tracker',
      outcome: { kind: 'cancelled' },
      steps: [
        {
          kind: 'message',
          name: 'initialize',
          sent: '{"id":1}',
          received: '``` @ann',
          durationMs: 7,
        },
      ],
    });
    assert.match(report, /\| initialize \| message \| {2}\| {2}\| {2}\| {2}\| 7 ms \|/);
    assert.ok(
      report.endsWith('Sent:\n\n```\n{"id":1}\n```\n\nReceived:\n\n````\n``` @ann\n````\n'),
    );
  });

  it('stays short, however much a server sends', () => {
    const headers = Array.from(
      { length: 5000 },
      (_, index) => [`X-${index}`, 'v'.repeat(9000)] as const,
    );
    const report = formatTokenTestReport({
      serverName: 'n'.repeat(100_000),
      outcome: { kind: 'cancelled' },
      steps: [
        { ...step, exchange: { ...step.exchange, headers, body: '\u0007'.repeat(1_000_000) } },
      ],
    });
    assert.match(report, /\n… and 4940 more headers\n/);
    assert.ok(report.length < 60_000, `${report.length}`);
  });
});
