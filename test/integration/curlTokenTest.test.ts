import assert from 'node:assert/strict';
import { describeOutcome } from '../../src/core/tokenTest/describeOutcome';
import { runTokenTest, type TokenTestResult } from '../../src/core/tokenTest/runTokenTest';
import type { TokenTestPorts } from '../../src/core/tokenTest/sender';
import type { TokenTestOutcome } from '../../src/core/tokenTest/tokenTestOutcome';
import { formatTokenTestReport } from '../../src/core/tokenTest/tokenTestReport';
import type { RemoteTarget } from '../../src/core/tokenTest/tokenTestTarget';
import {
  initialized,
  json,
  mcpServer,
  startServer,
  status,
  tools,
  type Handler,
  type TestServer,
} from './curlTestServer';
import { portsWith } from './tokenTestRun';

const token = 'canary-' + 'tW3t'.repeat(7);
const headers = [
  { name: 'Authorization', value: `Bearer ${token}`, secretNames: ['TRACKER_TOKEN'] },
];
const never = new AbortController().signal;
const accepted = {
  kind: 'accepted',
  serverName: 'tracker',
  protocolVersion: '2025-06-18',
  toolCount: 2,
  hasMoreTools: false,
};

/** Sends an event stream and keeps it open. */
function openStream(value: unknown): Handler {
  return (response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write(`: hello\n\nevent: message\ndata: ${JSON.stringify(value)}\n\n`);
  };
}

describe('a token test with curl', () => {
  const servers: TestServer[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  async function start(handle: Handler): Promise<TestServer> {
    const server = await startServer(handle);
    servers.push(server);
    return server;
  }

  async function test({ origin }: TestServer, sent = headers): Promise<TokenTestResult> {
    return runTokenTest(targetAt(`${origin}/mcp`, sent), await portsWith(), never);
  }

  it('opens a session, lists the tools and gives the session back', async () => {
    const server = await start(
      mcpServer({
        initialize: json(initialized, { 'Mcp-Session-Id': 'session-1' }),
        'tools/list': json(tools),
        DELETE: status(204),
      }),
    );
    const { outcome, steps } = await test(server);
    assert.deepEqual(outcome, accepted);
    assert.deepEqual(
      steps.map((step) => [step.name, step.kind === 'http' && step.exchange.status]),
      [
        ['initialize', 200],
        ['notifications/initialized', 202],
        ['tools/list', 200],
        ['session end', 204],
      ],
    );
    const sent = ['Authorization', 'Mcp-Session-Id', 'MCP-Protocol-Version'];
    assert.deepEqual(
      server.received.map(({ method, path, rpcMethod, rawHeaders }) => [
        `${method} ${path} ${rpcMethod}`,
        ...sent.map((name) => headerOf(rawHeaders, name)),
      ]),
      [
        ['POST /mcp initialize', `Bearer ${token}`, undefined, undefined],
        ['POST /mcp notifications/initialized', `Bearer ${token}`, 'session-1', '2025-06-18'],
        ['POST /mcp tools/list', `Bearer ${token}`, 'session-1', '2025-06-18'],
        ['DELETE /mcp undefined', `Bearer ${token}`, 'session-1', '2025-06-18'],
      ],
    );
  });

  it('leaves an event stream as soon as the answer has come', async () => {
    const server = await start(
      mcpServer({ initialize: openStream(initialized), 'tools/list': openStream(tools) }),
    );
    const { outcome, steps } = await test(server);
    assert.deepEqual(outcome, accepted);
    assert.deepEqual(
      steps.map(({ name }) => name),
      ['initialize', 'notifications/initialized', 'tools/list'],
    );
  });

  it('does not wait for the body of an answer to a notification', async () => {
    const silent: Handler = (response) =>
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
    const endless: Handler = (response) => response.writeHead(202).write('.');
    for (const notified of [silent, endless]) {
      const server = await start(
        mcpServer({
          initialize: json(initialized),
          'notifications/initialized': notified,
          'tools/list': json(tools),
        }),
      );
      assert.deepEqual((await test(server)).outcome, accepted);
    }
  });

  it('accepts a server that announced no tools and does not know tools/list', async () => {
    const { protocolVersion, serverInfo } = initialized.result;
    const result = { protocolVersion, serverInfo, capabilities: {} };
    const error = { code: -32601, message: 'Method not found' };
    const server = await start(
      mcpServer({
        initialize: json({ ...initialized, result }),
        'tools/list': json({ jsonrpc: '2.0', id: 2, error }),
      }),
    );
    assert.deepEqual((await test(server)).outcome, { ...accepted, toolCount: 0 });
  });

  it('compares clocks by the time of the head, however late the body comes', async () => {
    let sendBody = (): void => undefined;
    const { origin } = await start((response) => {
      response.writeHead(401, { 'WWW-Authenticate': 'Bearer' }).flushHeaders();
      sendBody = () => response.end('{}');
    });
    const { http, ...ports } = await portsWith();
    let passedMs = 0;
    const slow: TokenTestPorts = {
      ...ports,
      now: () => Date.now() + passedMs,
      http: {
        ...http,
        run: (spec, options, signal) => {
          const onHead: typeof options.onHead = (head) => {
            options.onHead?.(head);
            passedMs += 120_000;
            sendBody();
          };
          return http.run(spec, { ...options, onHead }, signal);
        },
      },
    };
    const { outcome, steps } = await runTokenTest(targetAt(`${origin}/mcp`), slow, never);
    assert.equal(outcome.kind, 'rejected');
    assert.doesNotMatch(JSON.stringify([outcome, steps]), /clockAheadMs/);
  });

  const states: readonly (readonly [situation: string, handle: Handler, state: string])[] = [
    ['a 401 with a challenge', status(401, { 'WWW-Authenticate': 'Bearer' }), 'rejected (401)'],
    [
      'a 403 with a scope',
      status(403, { 'WWW-Authenticate': 'Bearer scope="a:b"' }),
      'forbidden (403): needs scope a:b',
    ],
    ['a 404', status(404), 'wrong endpoint (404)'],
    ['a 405', status(405), 'wrong endpoint (405)'],
    ['a 406', status(406), 'wrong endpoint (406)'],
    ['a 429', status(429), 'rate limited (429)'],
    ['a 500', status(500), 'server error (500)'],
    ['a 407 without any proxy', status(407), 'wrong endpoint (407)'],
    [
      'a list without tools',
      mcpServer({ initialize: json(initialized), 'tools/list': json({ id: 2, result: {} }) }),
      'not MCP',
    ],
    [
      'a page',
      (response) => response.setHeader('Content-Type', 'text/html').end('<!doctype html>'),
      'not MCP',
    ],
    ['a closed connection', (response) => response.destroy(), 'unreachable'],
    [
      'a rejection on tools/list',
      mcpServer({ initialize: json(initialized), 'tools/list': status(401) }),
      'rejected (401)',
    ],
    [
      'a rejection of the notification',
      mcpServer({ initialize: json(initialized), 'notifications/initialized': status(401) }),
      'rejected (401)',
    ],
  ];
  for (const [situation, handle, state] of states) {
    it(`${situation}: ${state}`, async () => {
      const { outcome } = await test(await start(handle));
      assert.equal(describeOutcome(outcome).state, state);
    });
  }

  const session = { 'Mcp-Session-Id': 'session-1' };
  const lost: readonly (readonly [
    situation: string,
    methods: Readonly<Record<string, Handler>>,
    state: string,
  ])[] = [
    ['404 on tools/list', { 'tools/list': status(404) }, 'session lost (404)'],
    ['400 on tools/list', { 'tools/list': status(400) }, 'session lost (400)'],
    ['400 on the notification', { 'notifications/initialized': status(400) }, 'session lost (400)'],
    [
      '400 without any session',
      { initialize: json(initialized), 'tools/list': status(400) },
      'wrong endpoint (400)',
    ],
    ['405, which is about no session', { 'tools/list': status(405) }, 'wrong endpoint (405)'],
  ];
  for (const [situation, methods, state] of lost) {
    it(`behind initialize, ${situation}: ${state}`, async () => {
      const methodsOfAll = { initialize: json(initialized, session), ...methods };
      const { outcome } = await test(await start(mcpServer(methodsOfAll)));
      assert.equal(describeOutcome(outcome).state, state);
    });
  }

  const flawed: readonly (readonly [kind: string, handle: Handler])[] = [
    ['session-id', json(initialized, { 'Mcp-Session-Id': 'a b' })],
    ['protocol-version', json({ ...initialized, result: { protocolVersion: '1\r\nX-Evil: 1' } })],
  ];
  for (const [kind, handle] of flawed) {
    it(`sends nothing back that could become a header of its own: ${kind}`, async () => {
      const server = await start(handle);
      const { outcome } = await test(server);
      assert.deepEqual(outcome, { kind: 'not-mcp', step: 'initialize', flaw: { kind } });
      assert.equal(server.received.length, 1);
    });
  }

  it('gives the session back also where the credential is rejected later', async () => {
    const server = await start(
      mcpServer({
        initialize: json(initialized, { 'Mcp-Session-Id': 'session-1' }),
        'tools/list': status(401),
      }),
    );
    const { steps } = await test(server);
    assert.equal(steps.at(-1)?.name, 'session end');
  });

  it('follows no redirect and sends the credential nowhere else', async () => {
    const other = await start(json(initialized));
    const location = `${other.origin}/mcp`;
    const { outcome } = await test(await start(status(307, { Location: location })));
    assert.deepEqual(outcome, {
      kind: 'redirected',
      status: 307,
      location,
      leadsTo: 'other-host',
    });
    assert.deepEqual(other.received, []);
  });

  it('sends nothing that could not work', async () => {
    const server = await start(json(initialized));
    const value = 'Bearer ${TRACKER_TOKEN}';
    const { outcome, steps } = await test(server, [{ ...headers[0]!, value }]);
    const refusal = {
      kind: 'variable-unresolved',
      where: 'header Authorization',
      variable: 'TRACKER_TOKEN',
    };
    assert.deepEqual(
      { outcome, steps },
      { outcome: { kind: 'refused-to-send', refusal }, steps: [] },
    );
    assert.deepEqual(server.received, []);
  });

  it('keeps no credential in its result or report, whatever the server repeats', async () => {
    const echo: Handler = (response) => {
      response.writeHead(401, {
        'WWW-Authenticate': `Bearer error="invalid_token", error_description="unknown ${token}"`,
        'Set-Cookie': 'sid=' + 'c0okie'.repeat(6),
        'X-Echo': Buffer.from(`user:${token}`).toString('base64'),
      });
      response.end(`{"error":"${token}","escaped":"${encodeURIComponent(token)}"}`);
    };
    const result = await test(await start(echo));
    const shown = JSON.stringify(result) + formatTokenTestReport(result);
    assert.doesNotMatch(shown, /canary|tW3t|Y2FuYXJ5|c0okie/);
    assert.match(shown, /Authorization: Bearer \$\{TRACKER_TOKEN\}/);
  });

  it('a missing curl is an outcome', async () => {
    const ports = await portsWith({ path: process.execPath });
    const { outcome } = await runTokenTest(targetAt('http://127.0.0.1:9/mcp'), ports, never);
    const problem = { kind: 'not-runnable', path: process.execPath } as const;
    assert.deepEqual(outcome, { kind: 'curl-missing', problem } satisfies TokenTestOutcome);
  });
});

function targetAt(url: string, sent = headers): RemoteTarget {
  return { transport: 'http', serverName: 'tracker', url, headers: sent };
}

function headerOf(rawHeaders: readonly string[], name: string): string | undefined {
  const index = rawHeaders.findIndex((text, at) => at % 2 === 0 && text === name);
  return index < 0 ? undefined : rawHeaders[index + 1];
}
