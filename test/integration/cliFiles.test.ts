import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { bad, folderWith, good, runCli } from './cliProcess';

function check(paths: readonly string[], cwd: string) {
  const { code, stdout, stderr } = runCli(['check', '--format', 'json', ...paths], { cwd });
  const { files } = JSON.parse(stdout) as {
    files: { path: string; place: string; findings: { rule: string }[] }[];
  };
  return { code, stderr, files, paths: files.map(({ path }) => path) };
}

describe('the files that mcp-auth checks', () => {
  it('are those that Claude Code reads, in a fixed order, each with its place', () => {
    const cwd = folderWith({
      'b/.mcp.json': good,
      'a/.mcp.json': good,
      'plugin/.mcp.json': good,
      'plugin/.claude-plugin/plugin.json': '{}',
      '.mcp.json': good,
      '.claude.json': '{}',
      'managed-mcp.json': good,
      'mcp.json': bad,
      'plugin.json': bad,
      '.claude/.mcp.json': bad,
      '.claude/mcp.json': bad,
      'node_modules/x/.mcp.json': bad,
      '.git/.mcp.json': bad,
    });
    assert.deepEqual(
      check([], cwd).files.map(({ path, place }) => `${path} ${place}`),
      [
        '.claude/.mcp.json unread',
        '.claude/mcp.json unread',
        '.claude.json user',
        '.mcp.json project',
        'a/.mcp.json project',
        'b/.mcp.json project',
        'managed-mcp.json managed',
        'plugin/.claude-plugin/plugin.json pluginManifest',
        'plugin/.mcp.json plugin',
      ],
    );
  });

  it('are said not to be read where they are named and another client has them', () => {
    const cwd = folderWith({ 'mcp.json': bad, '.vscode/mcp.json': bad, 'servers.json': bad });
    const { code, files } = check(['mcp.json', '.vscode/mcp.json', 'servers.json'], cwd);
    assert.deepEqual(
      [code, ...files.map(({ path, findings }) => [path, ...findings.map(({ rule }) => rule)])],
      [
        1,
        ['mcp.json', 'file-not-read'],
        ['.vscode/mcp.json', 'file-not-read'],
        ['servers.json', 'server-type-missing'],
      ],
    );
    const dryRun = runCli(['fix', '--dry-run', 'mcp.json'], { cwd });
    assert.doesNotMatch(dryRun.stdout, /^\+/m);
    assert.deepEqual(check(['--place', 'project', 'mcp.json'], cwd).files[0]?.findings.length, 1);
  });

  it('leave out what git leaves out, over thousands of files', () => {
    const patterns = [
      ['.gitignore', 'g1/\n*.tmp/\n/g2/s3\n!g2/s3/\n**/deep/.mcp.json\n# note\n'],
      ['g3/.gitignore', '*\n!s1\n!s1/**\n'],
      ['g4/.gitignore', '.mcp.json\n'],
      ['g4/s2/.gitignore', '!.mcp.json\n'],
      ['g5/.gitignore', '/s4/\nS5/\n'],
    ] as const;
    const configs = Array.from({ length: 3000 }, (_, index) => {
      const folder = `g${index % 10}/s${Math.floor(index / 10) % 10}/f${index}`;
      const kind = ['', '/x.tmp', '/deep'][index % 3] ?? '';
      return [`${folder}${kind}/.mcp.json`, good] as const;
    });
    const direct = ['g4', 'g4/s1', 'g4/s2', 'g2/s3', 'g5/s4', 'g5/s5'].map(
      (folder) => [`${folder}/.mcp.json`, good] as const,
    );
    const cwd = folderWith({ ...Object.fromEntries([...patterns, ...configs, ...direct]) });
    execFileSync('git', ['init', '--quiet'], { cwd });
    const listed = execFileSync('git', ['ls-files', '--others', '--exclude-standard', '-z'], {
      cwd,
    })
      .toString()
      .split('\0')
      .filter((path) => path.endsWith('.mcp.json'));
    const { code, paths } = check([], cwd);
    assert.deepEqual({ code, paths: [...paths].sort() }, { code: 0, paths: listed.sort() });
    // Both ends: something is left out, and something is left.
    assert.ok(paths.length > 500 && paths.length < 1000, String(paths.length));
  });

  it('follow the rules above the folder that is searched, and .git/info/exclude', () => {
    const cwd = folderWith({
      '.gitignore': 'old/\n',
      'web/old/.mcp.json': bad,
      'web/local/.mcp.json': bad,
      'web/.mcp.json': good,
      'old/.mcp.json': bad,
    });
    execFileSync('git', ['init', '--quiet'], { cwd });
    execFileSync('bash', ['-c', 'echo local/ >> .git/info/exclude'], { cwd });
    assert.deepEqual(check(['web'], cwd).paths, ['web/.mcp.json']);
    // Whoever names it wants it checked.
    assert.deepEqual(check(['old'], cwd).paths, ['old/.mcp.json']);
    assert.deepEqual(check(['web/local/.mcp.json'], cwd).paths, ['web/local/.mcp.json']);
  });

  it('are each checked once, however often they are named', () => {
    const cwd = folderWith({ '.mcp.json': good, 'a/other.json': good });
    const paths = ['a/other.json', '.', './.mcp.json', join(cwd, '.mcp.json'), 'a/../a/other.json'];
    assert.deepEqual(check(paths, cwd).paths, ['a/other.json', '.mcp.json']);
  });

  it('may be links to files, but a linked folder is not searched', () => {
    const cwd = folderWith({ 'shared.json': bad, 'real/.mcp.json': good });
    symlinkSync('shared.json', join(cwd, '.mcp.json'));
    symlinkSync('..', join(cwd, 'real', 'loop'));
    mkdirSync(join(cwd, 'empty'));
    symlinkSync('gone', join(cwd, 'empty', '.mcp.json'));
    const { code, paths, stderr } = check([], cwd);
    assert.deepEqual(
      { code, paths, stderr },
      { code: 1, paths: ['.mcp.json', 'real/.mcp.json'], stderr: '' },
    );
  });

  it('that cannot be read are told, and the others are checked', () => {
    const cwd = folderWith({ 'a/.mcp.json': bad });
    mkdirSync(join(cwd, 'b', '.mcp.json'), { recursive: true });
    execFileSync('mkfifo', [join(cwd, 'pipe')]);
    symlinkSync('gone', join(cwd, 'dangling'));
    const { code, stderr, paths } = check(['dangling', 'pipe', 'a/.mcp.json/x', '.'], cwd);
    assert.deepEqual(
      { code, paths, sentences: stderr.trim().split('\n') },
      {
        code: 2,
        paths: ['a/.mcp.json'],
        sentences: [
          'mcp-auth: "dangling" cannot be looked at: it is not there.',
          'mcp-auth: "a/.mcp.json/x" cannot be looked at: a part of its path is no folder.',
          `mcp-auth: "${join('b', '.mcp.json')}" is not a regular file, so Claude Code does not read it.`,
          'mcp-auth: "pipe" is not a regular file; to check what a program writes, use "-".',
        ],
      },
    );
  });

  it('are read as Claude Code reads them, whatever their bytes are', () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(good, 'utf16le')]);
    const broken = Buffer.from(good.replace('docs', 'docs\u0001')).map((b) => (b === 1 ? 0xff : b));
    const cwd = folderWith({
      'bom.json': `\uFEFF${good}`,
      'broken.json': broken,
      'empty.json': '',
      'large.json': `${good}${' '.repeat(2 * 1024 * 1024)}`,
      'utf16.json': utf16,
    });
    const { files } = check(
      ['bom.json', 'broken.json', 'empty.json', 'large.json', 'utf16.json'],
      cwd,
    );
    assert.deepEqual(
      files.map(({ path, findings }) => [path, ...findings.map(({ rule }) => rule)].join(' ')),
      [
        'bom.json',
        'broken.json server-name-unaddressable',
        'empty.json',
        'large.json file-too-large',
        'utf16.json json-invalid',
      ],
    );
  });

  it('are not read beyond what Claude Code reads', () => {
    const cwd = folderWith({});
    // A file of 8 GiB, none of which is on the disk.
    execFileSync('truncate', ['--size=8G', join(cwd, '.mcp.json')]);
    const { code, files } = check([], cwd);
    assert.deepEqual(
      { code, rules: files.flatMap(({ findings }) => findings.map(({ rule }) => rule)) },
      { code: 1, rules: ['file-too-large'] },
    );
  });

  it('in a folder that is closed to the user are told', function () {
    const cwd = folderWith({ 'open/.mcp.json': good, 'shut/.mcp.json': good });
    chmodSync(join(cwd, 'shut'), 0o000);
    // Permissions do not hold root back, so that it reads on: both answers are right.
    const isRoot = spawnSync('id', ['-u'], { encoding: 'utf8' }).stdout.trim() === '0';
    const { code, paths, stderr } = check([], cwd);
    chmodSync(join(cwd, 'shut'), 0o700);
    assert.deepEqual(
      { code, paths, stderr },
      isRoot
        ? { code: 0, paths: ['open/.mcp.json', 'shut/.mcp.json'], stderr: '' }
        : {
            code: 2,
            paths: ['open/.mcp.json'],
            stderr: 'mcp-auth: the folder "shut" cannot be read: permission is denied.\n',
          },
    );
  });
});
