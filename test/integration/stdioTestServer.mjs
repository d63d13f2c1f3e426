/**
 * A local MCP server that behaves as its first argument says. It tells the second, a file, its own
 * process id and that of what it starts, each on a line.
 */
import { spawn } from 'node:child_process';
import { appendFileSync, closeSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [, , behaviour = '', pidFile = ''] = process.argv;
const tell = (/** @type {number | undefined} */ pid) => appendFileSync(pidFile, `${pid}\n`);
tell(process.pid);

const write = (/** @type {object} */ message) =>
  process.stdout.write(`${JSON.stringify(message)}\n`);
const stayAlive = () => setInterval(() => undefined, 60_000);
const ignoreTerm = () => process.on('SIGTERM', () => undefined);
const info = { protocolVersion: '2025-06-18', capabilities: { tools: {} } };
const name = behaviour === 'foreign-name' ? 'Größe 🙂 \u202e<script>' : 'tracker';
const initialized = { ...info, serverInfo: { name, version: '1' } };

/** What happens at the start.
 * @type {Readonly<Record<string, () => unknown>>}
 */
const starts = {
  'exit-at-once': () => process.exit(0),
  'exit-with-token': () => {
    console.error(`first line\nNo access with ${process.env.TRACKER_TOKEN}\nGive another one`);
    process.exit(3);
  },
  'exit-with-much': () => {
    // The token is cut by the limit of 64 KiB for what is kept.
    const rest = ' y'.repeat((64 * 1024 - 16) / 2);
    process.stderr.write(`${process.env.TRACKER_TOKEN}${rest}end\n`, () => process.exit(4));
  },
  killed: () => process.kill(process.pid, 'SIGKILL'),
  'silent-without-stdout': () => {
    stayAlive();
    closeSync(1);
  },
  'long-line': () => process.stdout.write('x'.repeat(2 * 1024 * 1024)),
  'silent-flood': () => {
    const more = () =>
      process.stdout.write('{"jsonrpc":"2.0","method":"log"}\n'.repeat(1000), more);
    process.stdout.on('error', () => undefined);
    more();
    stayAlive();
  },
  silent: stayAlive,
  'silent-with-log': () => {
    console.log(`Listening with ${process.env.TRACKER_TOKEN}`);
    stayAlive();
  },
  stubborn: () => {
    ignoreTerm();
    stayAlive();
  },
  'stubborn-silent': () => {
    ignoreTerm();
    stayAlive();
  },
  'stubborn-grandchild': () => {
    const program = 'process.on("SIGTERM", () => undefined); setInterval(() => undefined, 60000)';
    const child = spawn(process.execPath, ['-e', program], {
      stdio: ['ignore', 'inherit', 'ignore'],
    });
    tell(child.pid);
  },
  'log-first': () => console.log('Server is starting'),
};
starts[behaviour]?.();

/** @type {Readonly<Record<string, (id: string) => void>>} */
const answers = {
  initialize: (id) => {
    if (behaviour === 'error') {
      write({
        jsonrpc: '2.0',
        id,
        error: { code: -32000, message: `bad ${process.env.TRACKER_TOKEN}` },
      });
    } else if (!behaviour.includes('silent')) {
      write({ jsonrpc: '2.0', id, result: initialized });
    }
  },
  'tools/list': (id) => {
    if (behaviour === 'exit-on-tools') {
      process.exit(2);
    }
    if (behaviour !== 'mute-on-tools') {
      const { argv, env } = process;
      const seen = { cwd: process.cwd(), argv: argv.slice(4), env };
      const result = behaviour === 'no-list' ? {} : { tools: [{ name: 'search' }], seen };
      write({ jsonrpc: '2.0', id, result });
    }
  },
};
/** @type {string | undefined} */
let waiting;
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method } = /** @type {{ id: number | string; method?: string }} */ (JSON.parse(line));
  if (behaviour === 'ping-first' && method === 'initialize') {
    waiting = String(id);
    write({ jsonrpc: '2.0', id: 'up?', method: 'ping' });
  } else if (waiting !== undefined && id === 'up?') {
    answers.initialize?.(waiting);
  } else if (method !== undefined) {
    answers[method]?.(String(id));
  }
});
