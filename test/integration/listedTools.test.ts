import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { json } from 'node:stream/consumers';
import { parseMcpConfig } from '../../src/core/config/parseMcpConfig';
import { resolveTarget } from '../../src/core/tokenTest/resolveTarget';
import { runTokenTest } from '../../src/core/tokenTest/runTokenTest';
import { demoEntries } from '../demo/demoEntries';
import { startDemoServers, type DemoServers } from '../demo/servers/startDemoServers';
import { closeServer, initialized, listen } from './curlTestServer';
import { portsWith, statuses, testAt } from './tokenTestRun';

const token = 'canary-' + 'lT5s'.repeat(7);

describe('the tools that a test lists when asked', function () {
  this.timeout(20_000);

  let demo: DemoServers;
  before(async () => {
    demo = await startDemoServers();
  });
  after(() => demo.stop());

  const servers: Server[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await closeServer(server);
    }
  });

  for (const [name, expected] of [
    ['bearer', ['ping true', 'list_issues true', 'create_issue false', 'delete_issue false']],
    ['sse', ['ping true', 'list_issues true', 'create_issue false', 'delete_issue false']],
    ['ws', ['ping true', 'list_issues true', 'create_issue false', 'delete_issue false']],
    ['stdio', ['ping true', 'list_issues true', 'create_issue false', 'delete_issue false']],
    ['stateless', ['list_rooms true']],
  ] as const) {
    it(`come from ${name} with their hints`, async () => {
      const { [name]: entry } = demoEntries(demo);
      const config = parseMcpConfig(JSON.stringify({ mcpServers: { [name]: entry } }));
      const target = resolveTarget(config.servers[0]!, (key) => demo.env[key], process.cwd());
      const ports = await portsWith();
      const { signal } = new AbortController();
      const { outcome } = await runTokenTest(target, ports, signal, { listTools: true });
      assert.ok(outcome.kind === 'accepted');
      const listed = outcome.tools?.map((tool) => `${tool.name} ${tool.readOnlyHint}`);
      assert.deepEqual([listed, outcome.toolCount], [expected, expected.length]);
    });
  }

  it('are absent where nobody asked', async () => {
    const { outcome } = await testAt(demo.url('open'));
    assert.ok(outcome.kind === 'accepted');
    assert.equal(outcome.tools, undefined);
  });

  /** Answers `tools/list` by the cursor that it is asked with. */
  async function paging(page: (cursor: string | undefined) => object | undefined): Promise<string> {
    const server = createServer((request, response) => {
      void readJson(request).then(({ id, method, params }) => {
        const result = method === 'tools/list' ? page(params?.cursor) : initialized.result;
        const body = { jsonrpc: '2.0', id, ...(result ? { result } : failure) };
        response.writeHead(200, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify(body));
      });
    });
    servers.push(server);
    return `http://${await listen(server)}/mcp`;
  }

  const failure = { error: { code: -32603, message: 'no' } };
  const named = (...names: readonly string[]) => names.map((name) => ({ name }));

  it('come from every page', async () => {
    const url = await paging((cursor) =>
      cursor === undefined
        ? { tools: named('a', 'b'), nextCursor: 'two' }
        : { tools: named('b', 'c') },
    );
    const result = await testAt(url, { listTools: true });
    assert.ok(result.outcome.kind === 'accepted');
    const { tools, toolCount, hasMoreTools } = result.outcome;
    assert.deepEqual(
      [tools?.map(({ name }) => name), toolCount, hasMoreTools],
      [['a', 'b', 'c'], 3, false],
    );
    const lists = statuses(result).filter((step) => step.startsWith('tools/list'));
    assert.deepEqual(lists, ['tools/list 200', 'tools/list 200']);
  });

  it('end where a page fails, and where a server goes in circles', async () => {
    const failing = await paging((cursor) =>
      cursor === undefined ? { tools: named('a'), nextCursor: 'two' } : undefined,
    );
    const circling = await paging(() => ({ tools: named('a'), nextCursor: 'same' }));
    for (const url of [failing, circling]) {
      const { outcome } = await testAt(url, { listTools: true });
      assert.ok(outcome.kind === 'accepted');
      assert.deepEqual([outcome.toolCount, outcome.hasMoreTools], [1, true]);
    }
  });

  it('are one line, without the credential, and none that is no tool', async () => {
    const url = await paging(() => ({
      tools: [
        { name: 'a', description: `line\n${token}` },
        { name: `b-${token}` },
        { name: 7 },
        'x',
        { name: 'c', annotations: { readOnlyHint: 'yes' } },
      ],
    }));
    const authorization = `Bearer ${token}`;
    const { outcome } = await testAt(url, { listTools: true, authorization });
    assert.ok(outcome.kind === 'accepted');
    assert.ok(!JSON.stringify(outcome).includes(token));
    assert.deepEqual(
      outcome.tools?.map(({ name }) => name),
      ['a', 'c'],
    );
    assert.match(outcome.tools?.[0]?.description ?? '', /^line /);
    assert.equal(outcome.tools?.[1]?.readOnlyHint, undefined);
  });
});

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly cursor?: string };
}

async function readJson(request: IncomingMessage): Promise<Message> {
  return request.method === 'POST' ? ((await json(request)) as Message) : {};
}
