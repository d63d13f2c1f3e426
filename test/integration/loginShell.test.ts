import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { installShells } from '../environment/shells';
import { describeLoginShellProblem } from '../../src/core/variables/loginShell';
import { descendantsIn } from '../../src/node/killSession';
import { readLoginShell } from '../../src/node/loginShell';
import { isRunning, untilGone } from '../support/processes';

interface Shell {
  readonly path: string;
  /** The file that it reads as an interactive login shell, in the home folder. */
  readonly file: string;
  /** A line in that file after which it does nothing more. */
  readonly end: string;
  set(name: string, value: string): string;
}

const quoted = (value: string) => `'${value.replaceAll("'", "'\\''")}'`;
const exported = (name: string, value: string) => `export ${name}=${quoted(value)}`;

const shells: readonly Shell[] = [
  { path: '/bin/bash', file: '.bash_profile', end: 'exit 1', set: exported },
  { path: '/bin/zsh', file: '.zshrc', end: 'exit 1', set: exported },
  { path: '/bin/dash', file: '.profile', end: 'exit 1', set: exported },
  {
    path: '/usr/bin/fish',
    file: '.config/fish/config.fish',
    // Its "exit" ends the reading of the file alone.
    end: 'exec true',
    set: (name, value) =>
      `set -gx ${name} '${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`,
  },
];

const hostile = {
  QUOTES: `"'\`$(id)\${HOME} \\n \\`,
  SEVERAL_LINES: 'first\nsecond\r\nthird',
  UNICODE: 'Grüße 🙂 \u202e',
  LOOKS_LIKE_JSON: '{"QUOTES": null}',
  LONG: 'x'.repeat(60_000),
  EMPTY: '',
};

describe('the login shell', () => {
  before(async function () {
    this.timeout(600_000);
    await installShells(['bash', 'zsh', 'dash', 'fish']);
  });

  let home = '';
  beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'mcp-auth-home-'))));
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const noLimit = new AbortController().signal;
  const write = ({ file }: Shell, ...lines: readonly string[]) => {
    mkdirSync(dirname(join(home, file)), { recursive: true });
    writeFileSync(join(home, file), `${lines.join('\n')}\n`);
  };
  const read = ({ path }: Shell, timeoutMs = 10_000, signal = noLimit) => {
    const env = { PATH: process.env['PATH'], HOME: home, NOT_OF_THE_SHELL: 'x' };
    return readLoginShell(signal, { shell: path, timeoutMs, env });
  };
  /** Whoever still runs of those that wrote their number into the file. */
  const survivors = (file: string) =>
    readFileSync(file, 'utf8').trim().split('\n').filter(isRunning);

  for (const shell of shells) {
    describe(shell.path, () => {
      it('tells what its startup files set, value for value', async () => {
        write(shell, ...Object.entries(hostile).map(([name, value]) => shell.set(name, value)));
        const reading = await read(shell);
        assert.ok(reading.kind === 'read', reading.kind);
        const found = Object.keys(hostile).map((name) => [name, reading.values.get(name)]);
        assert.deepEqual(Object.fromEntries(found), hostile);
      });

      it('has nothing of this process, and nothing of how it was asked', async () => {
        write(shell, shell.set('OWN', '1'));
        const reading = await read(shell);
        assert.ok(reading.kind === 'read', reading.kind);
        const names = [...reading.values.keys()];
        assert.ok(names.includes('OWN') && names.includes('HOME'));
        const foreign = names.filter((name) => /^NOT_OF|^MCP_AUTH|^ELECTRON/.test(name));
        assert.deepEqual(foreign, []);
      });

      it('may print what it likes, its environment too', async () => {
        const noise = [
          'env',
          'env >&2',
          'echo "{\\"OWN\\": \\"no\\"}"',
          'head -c 300000 /dev/zero',
        ];
        write(shell, ...noise, shell.set('OWN', 'yes'));
        const reading = await read(shell);
        assert.equal(reading.kind === 'read' && reading.values.get('OWN'), 'yes');
      });

      it('that asks something gets no answer and goes on', async () => {
        write(shell, 'read answer', 'read other </dev/tty', shell.set('OWN', 'yes'));
        const reading = await read(shell);
        assert.equal(reading.kind === 'read' && reading.values.get('OWN'), 'yes');
      });

      it('that ends by itself is said to have ended', async () => {
        write(shell, shell.end);
        const reading = await read(shell);
        assert.equal(reading.kind, 'ended');
        assert.match(describeLoginShellProblem(reading) ?? '', /ended before it could be asked/);
      });

      it('that hangs is ended after the time limit, with all that it started', async () => {
        const pids = join(home, 'pids');
        const note = (then: string) => `sh -c 'echo $$ >>${pids}; ${then}'`;
        write(shell, `${note('sleep 300')} &`, note('sleep 300; true'));
        const reading = await read(shell, 1500);
        assert.match(describeLoginShellProblem(reading) ?? '', /not ready after 1.5 seconds/);
        assert.deepEqual(survivors(pids), []);
      });

      it('leaves nothing behind that it started beside', async () => {
        const pids = join(home, 'pids');
        const started = join(home, 'started');
        const job = `sh -c 'echo $$ >>${pids}; echo >${started}; exec sleep 300' &`;
        // The shell is ready when the job has said that it runs.
        write(shell, `mkfifo ${started}`, job, `cat ${started}`);
        const reading = await read(shell);
        assert.equal(reading.kind, 'read');
        assert.deepEqual(survivors(pids), []);
      });
    });
  }

  const [bash] = shells;
  assert.ok(bash);

  it('is ended when somebody cancels', async () => {
    const pids = join(home, 'pids');
    write(
      bash,
      `sh -c 'echo $$ >>${pids}; mkfifo ${home}/started; echo >${home}/started; sleep 300'`,
    );
    const controller = new AbortController();
    const reading = read(bash, 10_000, controller.signal);
    // Opening a pipe to read waits for the one who writes.
    execFileSync('sh', ['-c', `until [ -p '${home}/started' ]; do :; done; cat '${home}/started'`]);
    controller.abort();
    assert.deepEqual(await reading, { kind: 'cancelled' });
    assert.deepEqual(survivors(pids), []);
    assert.deepEqual(await read(bash, 10_000, controller.signal), { kind: 'cancelled' });
  });

  it('does not outlive this process, even where that ends without a word, nor does what it started', async () => {
    const [pids, started] = [join(home, 'pids'), join(home, 'started')];
    execFileSync('mkfifo', [started]);
    write(
      bash,
      `echo $$ >>${pids}`,
      `sh -c 'echo $$ >>${pids}; echo >${started}; exec sleep 300' &`,
      'sleep 300',
    );
    const program = join(home, 'host.mts');
    writeFileSync(
      program,
      `import { readFile } from 'node:fs/promises';
       import { readLoginShell } from ${JSON.stringify(join(import.meta.dirname, '../../src/node/loginShell.ts'))};
       const [shell, HOME, started] = process.argv.slice(2);
       const env = { PATH: process.env.PATH, HOME };
       void readLoginShell(new AbortController().signal, { shell, timeoutMs: 60_000, env });
       await readFile(started);
       process.exit();`,
    );
    execFileSync(process.execPath, ['--import', 'tsx', program, bash.path, home, started]);
    const numbers = readFileSync(pids, 'utf8').trim().split('\n').map(Number);
    assert.equal(numbers.length, 2);
    // Nobody waits for what is killed when the host ends.
    await Promise.all(numbers.map(untilGone));
  });

  it('that prints without end is ended, and nothing of it is kept', async () => {
    write(bash, 'yes');
    assert.equal((await read(bash, 1000)).kind, 'too-late');
  });

  it('that is not there or not known is said so', async () => {
    const missing = await readLoginShell(noLimit, { shell: '/nowhere/bash' });
    const foreign = await readLoginShell(noLimit, { shell: '/usr/sbin/nologin' });
    assert.deepEqual(
      [missing, foreign],
      [
        { kind: 'not-started', shell: '/nowhere/bash' },
        { kind: 'not-supported', shell: '/usr/sbin/nologin' },
      ],
    );
    assert.match(describeLoginShellProblem(foreign) ?? '', /\(nologin\)/);
  });
});

describe('the processes that a shell started', () => {
  it('are those that descend from it, in whatever order they are listed', () => {
    const list = '   1  0 Ss\n  40 30 S+\n  30 20 R\n  20 1 Ss\n  31 20 Z\n  50 1 S\n';
    assert.deepEqual(descendantsIn(list, 20), [40, 30, 20]);
    assert.deepEqual(descendantsIn(list, 99), []);
  });
});
