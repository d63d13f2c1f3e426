import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { shells } from '../../src/core/shell/shells';
import { parseDotEnv } from '../../src/core/variables/dotEnv';
import { unlikeLineInShell } from '../../src/core/variables/dotEnvInShell';
import { setInDotEnv } from '../../src/core/variables/setInDotEnv';
import { findShells, withoutStartFiles } from '../environment/shells';
import { hostileValues } from '../support/hostileValues';
import { createRandom } from '../support/random';

/** What a program that the shell starts gets from it. */
const dump = `'${process.execPath}' -e 'process.stdout.write(JSON.stringify(process.env))'`;

/** Files as people write them, and worse ones. */
function generateTexts(count: number): readonly string[] {
  const pieces = [
    ...['A=', 'B=', 'C_1=', '\nA=', '\nB=', '\nC_1=', '\n', '\n', ' ', '\t', '#', '# ours\n'],
    ...["'", "'", '"', '"', "''", '""', "'a b'", "'$(rm x)'", '"it\'s"', '"a\nb"', "'`rm x`'"],
    ...['$(rm x)', '`rm x`', '$A', '\\', '\\n', ';rm x', '&rm x', '|', '(', '{a,b}', '*', '!', '~'],
    ...[
      'a',
      'b',
      '1',
      'x y',
      'rm x',
      'export ',
      '=',
      ':',
      '/',
      '-',
      '%',
      '@',
      ',',
      'ü',
      '\r',
      '\u2028',
    ],
  ];
  const next = createRandom(11);
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + next(9) }, () => pieces[next(pieces.length)]).join(''),
  );
}

describe('what is written to a .env or for a shell', function () {
  this.timeout(120_000);
  let folder = '';
  let names: readonly string[] = [];
  const values = hostileValues(400);

  before(async () => {
    names = await findShells();
    folder = mkdtempSync(join(tmpdir(), "mcp-auth it's "));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** The environment at the end of `script`, which `shell` runs. */
  function environmentIn(shell: string, script: string): NodeJS.ProcessEnv {
    return JSON.parse(run(shell, script)) as NodeJS.ProcessEnv;
  }

  /** What `script` prints. */
  function run(shell: string, script: string): string {
    const file = join(folder, shell === 'pwsh' ? 'script.ps1' : 'script');
    writeFileSync(file, script);
    return execFileSync(shell, [...(withoutStartFiles[shell] ?? []), file], {
      env: { PATH: process.env['PATH'], HOME: folder, LANG: 'C.UTF-8' },
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
  }

  /** A file with every value that one can take, and what is to be read from it. */
  function everything() {
    let text = '# ours\n';
    const expected: Record<string, string> = {};
    values.forEach((value, index) => {
      const edit = setInDotEnv(text, `V${index}`, value);
      if (edit.kind === 'written') {
        text = edit.text;
        expected[`V${index}`] = value;
      }
    });
    assert.ok(Object.keys(expected).length > values.length / 2);
    assert.equal(unlikeLineInShell(text), undefined);
    return { text, expected };
  }

  function assertHas(found: NodeJS.ProcessEnv, expected: Readonly<Record<string, string>>) {
    for (const [name, value] of Object.entries(expected)) {
      assert.equal(found[name], value, `${name} is ${JSON.stringify(value)}`);
    }
  }

  it('comes back from dotenv', () => {
    const { text, expected } = everything();
    assert.deepEqual({ ...parse(text) }, expected);
  });

  it('comes back from every shell that loads the file', () => {
    const { text, expected } = everything();
    const path = join(folder, '.env');
    writeFileSync(path, text);
    for (const shell of names.filter((name) => name !== 'fish' && name !== 'pwsh')) {
      const load = shells[0]?.loadDotEnv(path) ?? '';
      assertHas(environmentIn(shell, `${load}\n${dump}\n`), expected);
    }
  });

  it('is loaded by no shell where that would run something or find other values', () => {
    const trace = join(folder, 'ran');
    const texts = generateTexts(10_000).filter((text) => unlikeLineInShell(text) === undefined);
    assert.ok(texts.length > 400);
    const ran = `'${trace.replaceAll("'", "'\\''")}'`;
    for (const shell of names.filter((name) => name !== 'fish' && name !== 'pwsh')) {
      // One shell for all: each file in a subshell in which every program says that it ran.
      const lines = texts.flatMap((text, index) => {
        const path = join(folder, `part${index}.env`);
        writeFileSync(path, text);
        const load = shells[0]?.loadDotEnv(path) ?? '';
        return [`( ${load}; printf '%s\\0' "\${A-unset}" "\${B-unset}" "\${C_1-unset}" )`];
      });
      const output = run(shell, `rm() { : > ${ran}; }\n${lines.join('\n')}\n`);
      const expected = texts.flatMap((text) => {
        const { A = 'unset', B = 'unset', C_1 = 'unset' } = parse(text);
        return [A, B, C_1];
      });
      assert.deepEqual(output.split('\0').slice(0, -1), expected, shell);
      assert.ok(!existsSync(trace), `${shell} ran something`);
    }
  });

  it('is loaded into no variable that is the own one of a shell', () => {
    const script =
      'zmodload zsh/parameter zsh/zle zsh/datetime zsh/sched zsh/system zsh/terminfo\n';
    const list =
      'for n t in ${(kv)parameters}; do [[ $t == *(special|integer)* ]] && print $n; done\n';
    // These keep what they are given, and nothing of it is run.
    const plain = new Set(['HOME', 'LANG', 'TERM']);
    const own = run('zsh', script + list)
      .split('\n')
      .filter((name) => /^\w+$/.test(name) && !/^\d|^LC_/.test(name) && !plain.has(name));
    const missing = own.filter((name) => unlikeLineInShell(`${name}=1`) === undefined);
    assert.deepEqual(missing, []);
    assert.ok(own.includes('USERNAME'));
  });

  it('comes back from fish, which is started anew for it', () => {
    const path = join(folder, 'fish.env');
    writeFileSync(path, `A='two\nlines'\nB="it's"\nC=c\n`);
    const load = shells.find(({ id }) => id === 'fish')?.loadDotEnv(path) ?? '';
    const script = load.replace('exec fish', `exec ${dump.replaceAll("'", "\\'")}`);
    assertHas(environmentIn('fish', script), { A: 'two\nlines', B: "it's", C: 'c' });
  });

  it('comes back from the lines for each shell that is here', () => {
    for (const { id, setVariable } of shells) {
      const shell = id === 'powershell' ? 'pwsh' : id;
      if (!names.includes(shell)) {
        continue;
      }
      const lines = values.map((value, index) => setVariable(`V${index}`, value));
      const call = shell === 'pwsh' ? `& ${dump}` : dump;
      assertHas(
        environmentIn(shell, [...lines, call, ''].join('\n')),
        Object.fromEntries(values.map((value, index) => [`V${index}`, value])),
      );
    }
  });

  it('is read as dotenv reads it, whatever the file', () => {
    const pieces = [
      ...['A', 'B', 'KEY', '=', '=', '=', ':', ' ', '\n', '\n', '\r\n', '\r', '#', "'", '"', '`'],
      ...['\\', '\\n', '\\r', "\\'", '\\"', 'export ', 'export', '\t', '\uFEFF', 'é', '$', '${X}'],
      ...['x y', '.', '-', '\u00a0', '\n\n', '\f', "A='", 'B="', "'\n", '"\n'],
    ];
    const next = createRandom(42);
    for (let round = 0; round < 50_000; round++) {
      const length = 1 + next(25);
      const text = Array.from({ length }, () => pieces[next(pieces.length)]).join('');
      const found = parseDotEnv(text).map(({ name, value }) => [name, value]);
      assert.deepEqual(Object.fromEntries(found), { ...parse(text) }, JSON.stringify(text));
    }
  });
});
