import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { bad, configOf, folderWith, good, runCli } from './cliProcess';

const token = 'ghp_Zk3vQ9mTnB7xWc2LdR8sYh5JpA4gFe6uKo1N';
const withToken = configOf({
  docs: { url: 'https://x.example', headers: { Authorization: `Bearer ${token}` } },
});

const repaired = bad.replace('"url"', '"type": "http",\n      "url"');

describe('mcp-auth fix', () => {
  it('repairs what is certain and exits with 0 when nothing is left', () => {
    const cwd = folderWith({ '.mcp.json': bad, 'a/.mcp.json': good });
    const { code, stdout, stderr } = runCli(['fix'], { cwd });
    assert.deepEqual(
      { code, stdout, stderr, text: readFileSync(join(cwd, '.mcp.json'), 'utf8') },
      {
        code: 0,
        stdout: '.mcp.json: 1 problem repaired\nNo problems in 2 files.\n',
        stderr: '',
        text: repaired,
      },
    );
  });

  it('leaves a credential where it is, says so and exits with 1', () => {
    const cwd = folderWith({ '.mcp.json': withToken });
    const { code, stdout } = runCli(['fix'], { cwd });
    const text = readFileSync(join(cwd, '.mcp.json'), 'utf8');
    assert.equal(code, 1);
    assert.match(stdout, /secret-literal\n/);
    assert.ok(text.includes(token) && text.includes('"type": "http"'));
    assert.equal(runCli(['fix', '--fail-on', 'never'], { cwd }).code, 0);
  });

  it('changes nothing but what it repairs: byte order mark, line ends, mode', () => {
    const crlf = (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    const cwd = folderWith({ '.mcp.json': crlf(bad) });
    const path = join(cwd, '.mcp.json');
    chmodSync(path, 0o640);
    assert.equal(runCli(['fix'], { cwd }).code, 0);
    assert.deepEqual(
      {
        text: readFileSync(path, 'utf8'),
        mode: statSync(path).mode & 0o777,
        names: readdirSync(cwd),
      },
      { text: crlf(repaired), mode: 0o640, names: ['.mcp.json'] },
    );
  });

  it('does not write a file that needs no repair', () => {
    const cwd = folderWith({ '.mcp.json': good });
    const before = statSync(join(cwd, '.mcp.json'), { bigint: true });
    runCli(['fix'], { cwd });
    const after = statSync(join(cwd, '.mcp.json'), { bigint: true });
    assert.deepEqual([after.ino, after.mtimeNs], [before.ino, before.mtimeNs]);
  });

  it('writes through a link, which stays one', () => {
    const cwd = folderWith({ 'shared.json': bad });
    symlinkSync('shared.json', join(cwd, '.mcp.json'));
    assert.equal(runCli(['fix'], { cwd }).code, 0);
    assert.ok(lstatSync(join(cwd, '.mcp.json')).isSymbolicLink());
    assert.equal(readFileSync(join(cwd, 'shared.json'), 'utf8'), repaired);
  });

  it('leaves the file of an administrator, and bytes that it would change by reading', () => {
    const bytes = Buffer.from(bad.replace('docs', 'docs\u0001')).map((b) => (b === 1 ? 0xff : b));
    const cwd = folderWith({ 'managed-mcp.json': bad, '.mcp.json': bytes });
    const managed = runCli(['fix', 'managed-mcp.json'], { cwd });
    const broken = runCli(['fix', '.mcp.json'], { cwd });
    assert.deepEqual(
      [managed.code, broken.code, broken.stderr],
      [1, 2, 'mcp-auth: ".mcp.json" was not repaired: it is not text in UTF-8.\n'],
    );
    assert.equal(readFileSync(join(cwd, 'managed-mcp.json'), 'utf8'), bad);
    assert.deepEqual(readFileSync(join(cwd, '.mcp.json')), Buffer.from(bytes));
  });

  it('shows on a dry run what it would change, and changes nothing', () => {
    const cwd = folderWith({ '.mcp.json': withToken });
    const { code, stdout } = runCli(['fix', '--dry-run'], { cwd });
    assert.equal(code, 1);
    assert.equal(
      stdout,
      [
        '--- .mcp.json',
        '+++ .mcp.json',
        '@@ -1,7 +1,8 @@',
        ' {',
        '   "mcpServers": {',
        '     "docs": {',
        '+      "type": "http",',
        '       "url": "https://x.example",',
        '       "headers": {',
        '         "Authorization": "Bearer •••"',
        '       }',
        '',
      ].join('\n'),
    );
    assert.equal(readFileSync(join(cwd, '.mcp.json'), 'utf8'), withToken);
  });

  it('is a filter between standard input and output', () => {
    const cwd = folderWith({});
    const { code, stdout, stderr } = runCli(['fix', '-'], { cwd, input: `\uFEFF${bad}` });
    assert.deepEqual(
      { code, stdout, stderr },
      {
        code: 0,
        stdout: `\uFEFF${repaired}`,
        stderr: '<stdin>: 1 problem repaired\nNo problems in 1 file.\n',
      },
    );
    const untouched = runCli(['fix', '-'], { cwd, input: good });
    assert.equal(untouched.stdout, good);
  });

  it('hands over nothing rather than half of its input', () => {
    const cwd = folderWith({});
    const large = runCli(['fix', '-'], { cwd, input: `${bad}${' '.repeat(2 * 1024 * 1024)}` });
    const broken = runCli(['fix', '-'], { cwd, input: Buffer.from([0x7b, 0xff, 0x7d]) });
    assert.deepEqual(
      [large, broken].map(({ code, stdout, stderr }) => [code, stdout, stderr.split('\n')[0]]),
      [
        [2, '', 'mcp-auth: "<stdin>" was not repaired: it is too large.'],
        [2, '', 'mcp-auth: "<stdin>" was not repaired: it is not text in UTF-8.'],
      ],
    );
  });

  it('says when a file cannot be written', () => {
    const cwd = folderWith({ 'ro/.mcp.json': bad });
    const longest = `${'x'.repeat(240)}.json`;
    // A name with no room for a temporary file beside it.
    execFileSync('cp', [join(cwd, 'ro', '.mcp.json'), join(cwd, longest)]);
    const { code, stderr } = runCli(['fix', longest], { cwd });
    assert.equal(code, 2);
    assert.match(stderr, /^mcp-auth: "x+\.json" could not be written: its name is too long\.$/m);
    assert.equal(readFileSync(join(cwd, longest), 'utf8'), bad);
  });
});
