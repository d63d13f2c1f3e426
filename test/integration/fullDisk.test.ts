import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const node = join(import.meta.dirname, '../../src/node/privateFiles.ts');
/** Of what is written, only the beginning finds room: more than a block of what `ulimit` counts in. */
const long = 'x'.repeat(256 * 1024);

/** Writes in a process that may make no file larger than 64 KiB, and says how that went. */
const program = `
  import { privateFiles } from ${JSON.stringify(node)};
  // Without a handler, the system ends a process at its limit.
  process.on('SIGXFSZ', () => undefined);
  const [how, path] = process.argv.slice(2);
  const text = 'new ' + ${JSON.stringify(long)};
  const result =
    how === 'write'
      ? await privateFiles.write(path, text).then(() => 'written', ({ code }) => code)
      : await privateFiles.replace(path, text).then(({ kind, error }) => kind + ' ' + error?.code);
  process.stdout.write(result);`;

describe('where a file finds no room', function () {
  this.timeout(120_000);
  let folder = '';
  let file = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mcp-auth-full-'));
    file = join(folder, 'program.mts');
    writeFileSync(file, program);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = (limit: string, how: 'write' | 'replace', path: string) => {
    const script = `ulimit -f ${limit} && exec "$@"`;
    const command = [process.execPath, '--import', 'tsx', file, how, path];
    const { stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', ...command], {
      encoding: 'utf8',
      // tsx keeps what it compiles, and would not find room for that.
      env: { ...process.env, TSX_DISABLE_CACHE: '1' },
    });
    return stdout === '' ? stderr : stdout;
  };

  for (const [how, name, old, refusal] of [
    ['write', '.env', Buffer.from('TOKEN=gr\u00fc\u00df\r\n# \0 ours'), 'EFBIG'],
    ['replace', 'settings.json', Buffer.from('{"env": {"A": "1"}}\n\n'), 'unchanged EFBIG'],
  ] as const) {
    it(`${name} stays as it was, to the byte, and nothing is left beside it`, () => {
      const path = join(folder, name);
      writeFileSync(path, old);
      assert.equal(run('64', how, path), refusal);
      assert.deepEqual(readFileSync(path), old);
      assert.deepEqual(readdirSync(folder).sort(), [name, 'program.mts'].sort());
      // With room, the same does write.
      assert.doesNotMatch(run('unlimited', how, path), /EFBIG/);
      assert.equal(readFileSync(path, 'utf8'), `new ${long}`);
    });
  }
});
