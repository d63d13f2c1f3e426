import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { shells } from '../../src/core/shell/shells';
import { parseDotEnv } from '../../src/core/variables/dotEnv';
import { setInDotEnv } from '../../src/core/variables/setInDotEnv';
import { findShells } from '../environment/shells';
import { hostileValues, seeded } from '../support/hostileValues';

/** What a program that the shell starts gets from it. */
const dump = `'${process.execPath}' -e 'process.stdout.write(JSON.stringify(process.env))'`;

/** Nothing of the person's own start-up files. */
const quiet: Readonly<Record<string, readonly string[]>> = {
  bash: ['--norc'],
  zsh: ['-f'],
  fish: ['--no-config'],
  pwsh: ['-NoProfile', '-NonInteractive'],
};

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
    const file = join(folder, shell === 'pwsh' ? 'script.ps1' : 'script');
    writeFileSync(file, script);
    const output = execFileSync(shell, [...(quiet[shell] ?? []), file], {
      env: { PATH: process.env['PATH'], HOME: folder, LANG: 'C.UTF-8' },
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    return JSON.parse(output) as NodeJS.ProcessEnv;
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

  it('comes back from fish, which is started anew for it', function () {
    const path = join(folder, 'fish.env');
    writeFileSync(path, `A='two\nlines'\nB="it's"\nC=c\n`);
    const load = shells.find(({ id }) => id === 'fish')?.loadDotEnv(path) ?? '';
    const script = load.replace('exec fish', `exec ${dump.replaceAll("'", "\\'")}`);
    if (names.includes('fish')) {
      assertHas(environmentIn('fish', script), { A: 'two\nlines', B: "it's", C: 'c' });
    }
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
    const next = seeded(42);
    for (let round = 0; round < 50_000; round++) {
      const length = 1 + next(25);
      const text = Array.from({ length }, () => pieces[next(pieces.length)]).join('');
      const found = parseDotEnv(text).map(({ name, value }) => [name, value]);
      assert.deepEqual(Object.fromEntries(found), { ...parse(text) }, JSON.stringify(text));
    }
  });
});
