import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { chmod, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseMcpConfig } from '../../src/core/config/parseMcpConfig';
import { describeOutcome } from '../../src/core/tokenTest/describeOutcome';
import type { MessageChannel } from '../../src/core/tokenTest/messageChannel';
import { resolveTarget } from '../../src/core/tokenTest/resolveTarget';
import { runTokenTest, type TokenTestResult } from '../../src/core/tokenTest/runTokenTest';
import type { TokenTestPorts } from '../../src/core/tokenTest/sender';
import { formatTokenTestReport } from '../../src/core/tokenTest/tokenTestReport';
import { createChannels } from '../../src/node/channels';
import { startDemoServers } from '../demo/servers/startDemoServers';
import { isRunning, untilGone } from '../support/processes';

const token = 'canary-' + 'tW3t'.repeat(7);
const never = new AbortController().signal;
const server = join(import.meta.dirname, 'stdioTestServer.mjs');

interface Entry {
  readonly command?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

describe('a test of a local server', function () {
  this.timeout(20_000);

  let folder = '';
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'mcp-auth-stdio-')));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const pidFile = () => join(folder, 'pids');
  const pids = async () => (await readFile(pidFile(), 'utf8')).trim().split('\n').map(Number);

  async function test(
    entry: Entry,
    ports = portsWith(),
    signal = never,
    values: Readonly<Record<string, string>> = { TRACKER_TOKEN: token },
  ): Promise<TokenTestResult> {
    const [parsed] = parseMcpConfig(JSON.stringify({ mcpServers: { tracker: entry } })).servers;
    assert.ok(parsed);
    return runTokenTest(
      resolveTarget(parsed, (name) => values[name], folder),
      ports,
      signal,
    );
  }

  const entryOf = (behaviour: string, ...more: readonly string[]): Entry => ({
    command: process.execPath,
    args: [server, behaviour, pidFile(), ...more],
    env: { TRACKER_TOKEN: '${TRACKER_TOKEN}' },
  });

  async function assertEnded(count: number): Promise<void> {
    const all = await pids();
    assert.equal(all.length, count);
    assert.deepEqual(all.filter(isRunning), []);
  }

  it('lists the tools and ends the program', async () => {
    const { outcome, steps } = await test(entryOf('well'));
    assert.deepEqual(outcome, {
      kind: 'accepted',
      serverName: 'tracker',
      protocolVersion: '2025-06-18',
      toolCount: 1,
      hasMoreTools: false,
    });
    assert.deepEqual(
      steps.map(({ name }) => name),
      ['start', 'initialize', 'notifications/initialized', 'tools/list'],
    );
    await assertEnded(1);
  });

  it('shows no credential that the program inherits, though the entry does not name it', async () => {
    const env = { ...process.env, TRACKER_TOKEN: 'plum-jam-on-toast' };
    const ports = { ...portsWith(), ...createChannels({ timeoutMs: 10_000, env }) };
    const result = await test({ ...entryOf('exit-with-token'), env: {} }, ports);
    assert.equal(result.outcome.kind, 'process-ended');
    assert.doesNotMatch(JSON.stringify(result) + formatTokenTestReport(result), /plum|toast/);
  });

  it('starts it as Claude Code does: folder, arguments, environment, nothing else', async () => {
    let seen: { cwd?: string; argv?: string[]; env?: NodeJS.ProcessEnv } = {};
    const inherited = {
      ...process.env,
      MINE: 'kept',
      OTEL_EXPORTER: 'x',
      CLAUDE_CODE_OAUTH_TOKEN: 'x',
      VSCODE_PID: '1',
    };
    const channels = createChannels({ timeoutMs: 10_000, env: inherited });
    const startProcess: typeof channels.startProcess = (spec, signal) =>
      watched(channels.startProcess(spec, signal), (text) => {
        seen = (JSON.parse(text) as { result: { seen?: typeof seen } }).result.seen ?? seen;
      });
    const entry = { ...entryOf('well', '$HOME;`id`', '${UNSET}', 'a b'), env: { MINE: 'own' } };
    const { outcome } = await test(entry, { ...portsWith(), startProcess });
    const { cwd, argv, env = {} } = seen;
    assert.deepEqual([cwd, argv], [folder, ['$HOME;`id`', '${UNSET}', 'a b']]);
    assert.deepEqual(
      [env['MINE'], env['CLAUDE_PROJECT_DIR'], env['CLAUDECODE'], env['PATH']],
      ['own', folder, '1', process.env['PATH']],
    );
    const kept = ['OTEL_EXPORTER', 'CLAUDE_CODE_OAUTH_TOKEN', 'VSCODE_PID'];
    assert.deepEqual(
      kept.filter((name) => env[name] !== undefined),
      [],
    );
    assert.match(describeOutcome(outcome).cause, /args\[4\] holds the text \$\{UNSET\}/);
  });

  const states: readonly (readonly [behaviour: string, state: string, cause: RegExp])[] = [
    ['exit-at-once', 'ended (0)', /It wrote nothing to stderr/],
    ['exit-with-token', 'ended (3)', /first line · No access with ••• · Give another one/],
    ['exit-with-much', 'ended (4)', /y y yend/],
    ['killed', 'ended (SIGKILL)', /CONNECTION_CLOSED/],
    ['silent-without-stdout', 'closed its output', /nothing to stderr/],
    ['exit-on-tools', 'ended (2)', /tools fetch failed/],
    ['error', 'MCP error (-32000)', /"bad •••"/],
    ['no-list', 'not MCP', /tools\/list/],
    ['long-line', 'too much output', /nothing else/],
    ['silent-flood', 'too much output', /nothing else/],
    ['log-first', 'accepted', /A line on stdout .*"Server is starting".*logs belong on stderr/],
    ['ping-first', 'accepted', /tracker/],
    ['stubborn', 'accepted', /tracker/],
    ['foreign-name', 'accepted', /"Größe 🙂 {2}<script>"/],
  ];
  for (const [behaviour, state, cause] of states) {
    it(`${behaviour}: ${state}`, async () => {
      const result = await test(entryOf(behaviour));
      const text = describeOutcome(result.outcome);
      assert.equal(text.state, state);
      assert.match(text.cause, cause);
      assertNoToken(result);
      await assertEnded(1);
    });
  }

  // Each such line once cost as much as all that waited behind it.
  it('short lines without end: too much output', async () => {
    const { outcome } = await test({ command: 'sh', args: ['-c', 'yes'] });
    assert.equal(describeOutcome(outcome).state, 'too much output');
  });

  it('ends what the program has started, also where that ignores SIGTERM', async () => {
    const { outcome } = await test(entryOf('stubborn-grandchild'));
    assert.equal(outcome.kind, 'accepted');
    await assertEnded(2);
  });

  for (const behaviour of ['silent', 'silent-with-log', 'stubborn-silent', 'mute-on-tools']) {
    it(`${behaviour}: no answer in time`, async () => {
      const result = await test(entryOf(behaviour), portsWith(700));
      assert.equal(describeOutcome(result.outcome).state, 'no answer');
      assertNoToken(result);
      await assertEnded(1);
    });
  }

  const stages = [
    ['initialize', 'silent'],
    ['initialize', 'stubborn-silent'],
    ['tools/list', 'mute-on-tools'],
  ] as const;
  for (const [method, behaviour] of stages) {
    it(`leaves nothing when it is cancelled during ${method}: ${behaviour}`, async () => {
      const abort = new AbortController();
      const isUp = untilWritten(folder);
      const ports = portsWith();
      const startProcess: typeof ports.startProcess = (spec, signal) => {
        const channel = ports.startProcess(spec, signal);
        return {
          ...channel,
          send(message) {
            channel.send(message);
            if ((JSON.parse(message) as { method: string }).method === method) {
              void isUp.then(() => abort.abort());
            }
          },
        };
      };
      const { outcome } = await test(entryOf(behaviour), { ...ports, startProcess }, abort.signal);
      assert.deepEqual(outcome, { kind: 'cancelled' });
      await assertEnded(1);
    });
  }

  it('starts nothing when it was cancelled before', async () => {
    const { outcome, steps } = await test(entryOf('well'), portsWith(), AbortSignal.abort());
    assert.deepEqual(outcome, { kind: 'cancelled' });
    assert.equal(
      steps.some(({ name }) => name === 'tools/list'),
      false,
    );
    await assert.rejects(readFile(pidFile()));
  });

  it('nothing outlives this process, even where it ends without a word', async () => {
    const program = `
      import { createChannels } from ${JSON.stringify(join(import.meta.dirname, '../../src/node/channels.ts'))};
      const { startProcess } = createChannels({ timeoutMs: 60000 });
      const [command, ...args] = process.argv.slice(2);
      const spec = { command, args, env: {}, folder: process.cwd() };
      const channel = startProcess(spec, new AbortController().signal);
      channel.send('{"jsonrpc":"2.0","id":1,"method":"initialize"}');
      await channel.receive();
      process.exit();`;
    const file = join(folder, 'host.mts');
    await writeFile(file, program);
    const { args = [] } = entryOf('stubborn-grandchild');
    const loader = ['--import', 'tsx', file];
    const host = spawn(process.execPath, [...loader, process.execPath, ...args], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const [code] = (await once(host, 'exit')) as [number];
    assert.equal(code, 0);
    // Nobody waits for what is killed when the host ends.
    await Promise.all((await pids()).map(untilGone));
    await assertEnded(2);
  });

  it('says what keeps a program from being started', async () => {
    await writeFile(join(folder, 'notes.txt'), 'no program');
    await writeFile(join(folder, 'bare.sh'), 'echo hello\n');
    await chmod(join(folder, 'bare.sh'), 0o755);
    const problems = await Promise.all(
      ['no-such-program', 'node server.js', './gone', './notes.txt', './bare.sh', folder].map(
        async (command) => {
          const { outcome } = await test({ command });
          return outcome.kind === 'not-started' ? `${outcome.problem} ${outcome.code}` : outcome;
        },
      ),
    );
    assert.deepEqual(problems, [
      'command-not-found ENOENT',
      'command-holds-arguments ENOENT',
      'command-not-found ENOENT',
      'not-executable EACCES',
      'not-executable ENOEXEC',
      'not-executable EACCES',
    ]);
    await rm(folder, { recursive: true });
    const { outcome } = await test({ command: 'node' });
    assert.equal(outcome.kind === 'not-started' && outcome.problem, 'folder-missing');
  });

  it('refuses an empty command', async () => {
    const { outcome, steps } = await test({ command: '${EMPTY:-}' });
    assert.deepEqual(outcome, { kind: 'refused-to-send', refusal: { kind: 'command-empty' } });
    assert.deepEqual(steps, []);
  });

  it('hides literal credentials of arguments in the report and in what the program repeats', async () => {
    const entry = entryOf('exit-with-token', '--api-key', token);
    const result = await test({ ...entry, env: { TRACKER_TOKEN: token } });
    assertNoToken(result);
    assert.match(formatTokenTestReport(result), /--api-key •••/);
  });

  describe('of the demo', () => {
    let demo: Awaited<ReturnType<typeof startDemoServers>>;
    before(async () => {
      demo = await startDemoServers({ accessTokenTtlSeconds: 60 });
    });
    after(() => demo.stop());

    const states = [
      ['with its token', true, 'accepted'],
      ['without', false, 'MCP error (-32600)'],
    ] as const;
    for (const [situation, hasToken, state] of states) {
      it(`${situation}: ${state}`, async () => {
        const { command, args } = demo.servers.find(({ name }) => name === 'stdio')!.command!;
        const env = hasToken ? { DEMO_STDIO_TOKEN: '${DEMO_STDIO_TOKEN}' } : {};
        const { outcome } = await test({ command, args, env }, portsWith(), never, demo.env);
        assert.equal(describeOutcome(outcome).state, state);
      });
    }
  });
});

/** The same channel, whose messages are shown to `see` as well. */
function watched(channel: MessageChannel, see: (text: string) => void): MessageChannel {
  return {
    ...channel,
    async receive() {
      const event = await channel.receive();
      if (event.kind === 'message') {
        see(event.text);
      }
      return event;
    },
  };
}

function portsWith(timeoutMs = 10_000): TokenTestPorts {
  const http = {
    conditions: () => undefined,
    run: () => assert.fail('A local server is not reached by HTTP.'),
  };
  return { http, ...createChannels({ timeoutMs }), now: Date.now };
}

function assertNoToken(result: TokenTestResult): void {
  const shown = JSON.stringify(result) + formatTokenTestReport(result);
  assert.doesNotMatch(shown, /canary|tW3t/);
}

/** Settles when something is written into a file of the folder. */
function untilWritten(folder: string): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(folder, (event) => {
      if (event === 'change') {
        watcher.close();
        resolve();
      }
    });
  });
}
