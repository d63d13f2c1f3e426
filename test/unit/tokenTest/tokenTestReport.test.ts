import assert from 'node:assert/strict';
import { formatTokenTestReport } from '../../../src/core/tokenTest/tokenTestReport';
import { exchangeWith } from './exchanges';

const step = {
  name: 'initialize',
  request: {
    method: 'POST',
    url: 'https://tracker.example/mcp',
    headers: [['Authorization', 'Bearer ${API_TOKEN}']],
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
      serverName: 'a_b <i>@ann #1',
      outcome: { kind: 'wrong-endpoint', status: 404, step: 'initialize', detail: '[x](y)' },
      steps: [step],
    });
    assert.equal(
      report,
      `# Token test: a\\_b \\<i>@<!-- -->ann #<!-- -->1

**Wrong endpoint (404): there is nothing at this path.**

- Cause: The server says: "\\[x\\](y)".
- Next step: Check the path of url; most servers use /mcp, some /sse or /.

| Step | Status | Connected | TLS | First byte | Duration |
| --- | --- | ---: | ---: | ---: | ---: |
| initialize | 404 | 2 ms | 30 ms | 40 ms | 55 ms |

## initialize

\`\`\`
POST https://tracker.example/mcp
Authorization: Bearer \${API_TOKEN}
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
    assert.match(report, /The body is longer; these are its first 2048 characters\.\n$/);
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
    assert.match(report, /\| initialize \| no answer \| {2}\| {2}\| {2}\| 55 ms \|/);
    assert.match(report, /```\ncurl: \(6\) Could not resolve host\n```\n$/);
  });

  it('a test without requests has no table', () => {
    const refusal = { kind: 'url-unreadable' } as const;
    const outcome = { kind: 'refused-to-send', refusal } as const;
    const report = formatTokenTestReport({ serverName: 'tracker', outcome, steps: [] });
    assert.match(report, /\n\nNo request was completed\.\n$/);
  });
});
