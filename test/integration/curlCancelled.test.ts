import assert from 'node:assert/strict';
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
import { testAt } from './tokenTestRun';

const withSession: Handler = json(initialized, { 'Mcp-Session-Id': 'session-1' });

/** Refuses `initialize`, as servers do that are asked without. */
const unsupported: Handler = (response) => {
  const error = { code: -32022, message: 'No', data: { supported: ['2026-07-28'] } };
  response.writeHead(400, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ jsonrpc: '2.0', id: null, error }));
};

const discovered = json({
  jsonrpc: '2.0',
  id: 4,
  result: {
    resultType: 'complete',
    supportedVersions: ['2026-07-28'],
    capabilities: { tools: {} },
  },
});

const servers = {
  'with a session': { initialize: withSession, 'tools/list': json(tools), DELETE: status(200) },
  'of 2026-07-28': { initialize: unsupported, 'server/discover': discovered },
};

/** `testAt` fails where a curl is left. */
describe('a token test that is cancelled', () => {
  let server: TestServer | undefined;
  afterEach(() => server?.close());

  const rows: readonly (readonly [
    server: keyof typeof servers,
    stage: string,
    outcome: 'cancelled' | 'accepted',
  ])[] = [
    ['with a session', 'initialize', 'cancelled'],
    ['with a session', 'notifications/initialized', 'cancelled'],
    ['with a session', 'tools/list', 'cancelled'],
    // What it found is known by then; the end of the session is a courtesy.
    ['with a session', 'DELETE', 'accepted'],
    ['of 2026-07-28', 'server/discover', 'cancelled'],
    ['of 2026-07-28', 'tools/list', 'cancelled'],
  ];
  for (const [name, stage, expected] of rows) {
    it(`on ${stage} of a server ${name} leaves no process`, async () => {
      const controller = new AbortController();
      let reached = false;
      const waits: Handler = () => {
        reached = true;
        controller.abort();
      };
      server = await startServer(mcpServer({ ...servers[name], [stage]: waits }));
      const { signal } = controller;
      const { outcome } = await testAt(`${server.origin}/mcp`, { signal });
      assert.ok(reached);
      assert.equal(outcome.kind, expected);
    });
  }
});
