import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { json as readJson } from 'node:stream/consumers';
import { describeOutcome } from '../../src/core/tokenTest/describeOutcome';
import { startDemoServers, type DemoServers } from '../demo/servers/startDemoServers';
import { createStatelessEndpoint } from '../demo/servers/support/createStatelessEndpoint';
import {
  closeServer,
  json,
  listen,
  mcpServer,
  startServer,
  status,
  tools,
  type Handler,
} from './curlTestServer';
import { statuses, testAt } from './tokenTestRun';

const authorization = 'Bearer canary-tW3ttW3t';
const accepted = {
  kind: 'accepted',
  serverName: 'demo-rooms',
  protocolVersion: '2026-07-28',
  isStateless: true,
  toolCount: 1,
  hasMoreTools: false,
};

function error(code: number, data?: object, statusCode = 400): Handler {
  return (response) => {
    response.writeHead(statusCode, { 'Content-Type': 'application/json' });
    response.end(
      JSON.stringify({ jsonrpc: '2.0', id: null, error: { code, message: 'No', data } }),
    );
  };
}

function result(value: object): Handler {
  return json({ jsonrpc: '2.0', id: 4, result: { resultType: 'complete', ...value } });
}

const discovered = result({
  supportedVersions: ['2026-07-28'],
  capabilities: { tools: {} },
  _meta: { 'io.modelcontextprotocol/serverInfo': { name: 'rooms', version: '1' } },
});
const refusal = error(-32022, { supported: ['2026-07-28'], requested: '2025-11-25' });

describe('a token test with a server of 2026-07-28', function () {
  this.timeout(20_000);

  let demo: DemoServers;
  before(async () => {
    demo = await startDemoServers();
  });
  after(() => demo.stop());

  async function withServer<T>(handle: Handler, use: (url: string) => Promise<T>): Promise<T> {
    const server = await startServer(handle);
    try {
      return await use(`${server.origin}/mcp`);
    } finally {
      await server.close();
    }
  }

  it('goes on with requests that stand alone, where initialize is refused', async () => {
    const tested = await testAt(demo.url('stateless'), {
      authorization: `Bearer ${demo.env['DEMO_BEARER_TOKEN']}`,
      probeToolCall: true,
    });
    assert.deepEqual(tested.outcome, { ...accepted, toolCall: { kind: 'open' } });
    assert.deepEqual(statuses(tested), [
      'initialize 400',
      'server/discover 200',
      'tools/list 200',
      'tools/call 200',
    ]);
    assert.equal(
      describeOutcome(tested.outcome).cause,
      'The server calls itself "demo-rooms", speaks MCP 2026-07-28 and answered server/discover and tools/list. It looked up a tool that does not exist, so tools/call is open as well.',
    );
  });

  it('rejects another token like any server', async () => {
    const { outcome } = await testAt(demo.url('stateless'), { authorization });
    assert.equal(
      describeOutcome(outcome).headline,
      'Rejected (401): the server does not accept this token (invalid_token).',
    );
  });

  it('stays with initialize, where a server answers both', async () => {
    const answer = createStatelessEndpoint('stateless');
    const server = createServer((request, response) => {
      void readJson(request)
        .catch(() => undefined)
        .then((body) => answer({ request, response, body }));
    });
    const url = `http://${await listen(server)}/mcp`;
    const { outcome } = await testAt(url, { authorization });
    await closeServer(server);
    const { kind, serverName, toolCount, hasMoreTools } = accepted;
    const answered = { kind, serverName, toolCount, hasMoreTools };
    assert.deepEqual(outcome, { ...answered, protocolVersion: '2025-11-25' });
  });

  const rows: readonly (readonly [
    situation: string,
    methods: Readonly<Record<string, Handler>>,
    state: string,
  ])[] = [
    [
      'other headers missing than a client of before could know',
      { initialize: error(-32020), 'server/discover': discovered, 'tools/list': json(tools) },
      'accepted',
    ],
    [
      'initialize unknown',
      {
        initialize: error(-32601, undefined, 404),
        'server/discover': discovered,
        'tools/list': json(tools),
      },
      'accepted',
    ],
    [
      'no tools and no tools/list',
      {
        initialize: refusal,
        'server/discover': result({ supportedVersions: ['2026-07-28'], capabilities: {} }),
        'tools/list': error(-32601, undefined, 404),
      },
      'accepted',
    ],
    [
      'every method unknown',
      {
        initialize: error(-32601, undefined, 404),
        'server/discover': error(-32601, undefined, 404),
      },
      'wrong endpoint (404)',
    ],
    [
      'later versions only',
      { initialize: error(-32022, { supported: ['2099-01-01'] }) },
      'version refused',
    ],
    [
      'later versions only, said on discovery',
      {
        initialize: error(-32020),
        'server/discover': result({ supportedVersions: ['2099-01-01'] }),
      },
      'version refused',
    ],
    [
      'a discovery that asks back',
      { initialize: refusal, 'server/discover': result({ resultType: 'input_required' }) },
      'not MCP',
    ],
    [
      'tools that are not open',
      { initialize: refusal, 'server/discover': discovered, 'tools/list': status(403) },
      'forbidden (403)',
    ],
    [
      'an error on tools/list',
      { initialize: refusal, 'server/discover': discovered, 'tools/list': error(-32603) },
      'MCP error (-32603)',
    ],
    ['a bad request of before', { initialize: error(-32600) }, 'wrong endpoint (400)'],
  ];
  for (const [situation, methods, state] of rows) {
    it(`${situation}: ${state}`, async () => {
      const handle = mcpServer({ GET: status(405), ...methods });
      const { outcome } = await withServer(handle, (url) => testAt(url, { authorization }));
      assert.equal(describeOutcome(outcome).state, state);
    });
  }

  for (const code of [401, 403, 429, 503]) {
    it(`sends nothing more after ${code}, whatever error its body holds`, async () => {
      for (const rpcCode of [-32601, -32022]) {
        const server = await startServer(error(rpcCode, undefined, code));
        const tested = await testAt(`${server.origin}/mcp`, { authorization });
        await server.close();
        assert.deepEqual(statuses(tested), [`initialize ${code}`]);
        assert.match(describeOutcome(tested.outcome).state, new RegExp(`\\(${code}\\)`));
      }
    });
  }

  it('says what was open, where tools/list wants a credential', async () => {
    const handle = mcpServer({
      initialize: refusal,
      'server/discover': discovered,
      'tools/list': status(401, { 'WWW-Authenticate': 'Bearer' }),
    });
    const { outcome } = await withServer(handle, (url) => testAt(url));
    const { headline, cause } = describeOutcome(outcome);
    assert.equal(
      headline,
      'Rejected (401) on tools/list, after server/discover had passed: the server wants a credential and none was sent.',
    );
    assert.match(cause, /server\/discover is open to everybody, tools\/list is not\./);
  });
});
