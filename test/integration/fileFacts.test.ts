import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseMcpConfig } from '../../src/core/config/parseMcpConfig';
import { findFindings } from '../../src/core/diagnostics/findFindings';
import type { FileFact } from '../../src/core/diagnostics/fileFacts';
import { referencedFiles, type ReferencedFile } from '../../src/core/diagnostics/referencedFiles';
import { readFileFacts } from '../../src/node/fileFacts';

const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;

describe('facts about files', () => {
  let folder = '';
  let root = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mcp-auth-'));
    root = join(folder, 'project');
    mkdirSync(join(root, 'scripts'), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const git = (...args: readonly string[]) =>
    execFileSync(
      'git',
      [
        '-c',
        'user.name=a',
        '-c',
        'user.email=a@example.com',
        '-c',
        'commit.gpgsign=false',
        ...args,
      ],
      { cwd: root },
    );
  const write = (path: string, text: string, mode = 0o644) =>
    writeFileSync(join(root, path), text, { mode });

  async function look(path: string, use: ReferencedFile['use']): Promise<FileFact | undefined> {
    const facts = await readFileFacts(join(root, '.mcp.json'), [{ path, use }], root);
    return facts.look(path);
  }

  async function isIgnored(path: string): Promise<boolean | undefined> {
    const fact = await look(path, 'environment');
    return fact?.kind === 'file' ? fact.isIgnored : undefined;
  }

  const isIgnoredByGit = (path: string) =>
    spawnSync('git', ['check-ignore', '--quiet', path], { cwd: root }).status === 0;

  it('tell a script with its text and whether it may be executed', async () => {
    write('scripts/a.sh', 'echo ü\n', 0o755);
    write('scripts/b.sh', 'echo\n');
    assert.deepEqual(await look('scripts/a.sh', 'helper'), {
      kind: 'file',
      isExecutable: true,
      text: 'echo ü\n',
    });
    assert.deepEqual(await look(join(root, 'scripts/b.sh'), 'helper'), {
      kind: 'file',
      isExecutable: false,
      text: 'echo\n',
    });
  });

  it('tell what is missing, and nothing of a folder', async () => {
    assert.deepEqual(await look('scripts/a.sh', 'helper'), { kind: 'missing' });
    assert.deepEqual(await look('scripts/a.sh/b', 'helper'), { kind: 'missing' });
    assert.equal(await look('scripts', 'helper'), undefined);
  });

  it('do not reach out of the root, neither by a path nor by a link', async () => {
    writeFileSync(join(folder, 'outside'), 'x');
    symlinkSync(join(folder, 'outside'), join(root, 'link'));
    assert.deepEqual(
      [
        await look('../outside', 'helper'),
        await look('../not-there', 'helper'),
        await look(join(folder, 'outside'), 'helper'),
        await look('link', 'helper'),
      ],
      [undefined, undefined, undefined, undefined],
    );
  });

  it('open no certificate, and no text that is large', async () => {
    write('key.pem', 'x');
    write('scripts/large.sh', '#'.repeat(300 * 1024), 0o755);
    assert.deepEqual(await look('key.pem', 'certificate'), { kind: 'file', isExecutable: false });
    assert.deepEqual(await look('scripts/large.sh', 'helper'), {
      kind: 'file',
      isExecutable: true,
    });
  });

  it('name the credentials of a .env without their values, and whether git ignores it', async () => {
    write('.env', `TOKEN=${token}\nMODE=fast\n`);
    const plain = await look('.env', 'environment');
    git('init', '--quiet');
    const exposed = await look('.env', 'environment');
    write('.gitignore', '.env\n');
    const ignored = await look('.env', 'environment');
    const known = { kind: 'file', isExecutable: false, credentials: ['TOKEN'] };
    assert.deepEqual(
      [plain, exposed, ignored],
      [known, { ...known, isIgnored: false }, { ...known, isIgnored: true }],
    );
  });

  describe('about what git ignores', () => {
    /** Each ignore file with its text, and whether git then takes `a/b/.env` in. */
    const cases: readonly (readonly [
      files: Readonly<Record<string, string>>,
      expected: boolean,
    ])[] = [
      [{}, false],
      [{ '.gitignore': '.env' }, true],
      [{ '.gitignore': '/.env' }, false],
      [{ 'a/b/.gitignore': '*' }, true],
      [{ '.gitignore': '.env', 'a/.gitignore': '!.env' }, false],
      [{ '.gitignore': 'a/', 'a/.gitignore': '!.env', 'a/b/.gitignore': '!.env' }, true],
      [{ '.gitignore': 'a/*\n!a/b' }, false],
      [{ '.git/info/exclude': 'b/' }, true],
      [{ '.git/info/exclude': '.env', 'a/.gitignore': '!.env' }, false],
      [{ '.gitignore': '# .env\n\\#.env' }, false],
    ];
    for (const [files, expected] of cases) {
      it(`agree with git: ${JSON.stringify(files)}`, async () => {
        mkdirSync(join(root, 'a/b'), { recursive: true });
        git('init', '--quiet');
        write('a/b/.env', `TOKEN=${token}\n`);
        Object.entries(files).forEach(([path, text]) => write(path, text));
        assert.deepEqual(
          [await isIgnored('a/b/.env'), isIgnoredByGit('a/b/.env')],
          [expected, expected],
        );
      });
    }

    it('follow the innermost repository', async () => {
      mkdirSync(join(root, 'a/b'), { recursive: true });
      write('.gitignore', 'b/');
      write('a/b/.env', `TOKEN=${token}\n`);
      // A submodule or a second work tree has a file there.
      write('a/b/.git', 'gitdir: ../../modules/b\n');
      assert.equal(await isIgnored('a/b/.env'), false);
      write('a/b/.gitignore', '.env');
      assert.equal(await isIgnored('a/b/.env'), true);
    });

    it('know nothing of a repository above the root', async () => {
      git('init', '--quiet', folder);
      write('.env', `TOKEN=${token}\n`);
      assert.equal(await isIgnored('.env'), undefined);
    });

    it('read no ignore file through a link, and wait for none', async () => {
      git('init', '--quiet');
      write('.env', `TOKEN=${token}\n`);
      writeFileSync(join(folder, 'outside'), '.env\n');
      symlinkSync(join(folder, 'outside'), join(root, '.gitignore'));
      assert.deepEqual([await isIgnored('.env'), isIgnoredByGit('.env')], [false, false]);
      rmSync(join(root, '.gitignore'));
      execFileSync('mkfifo', [join(root, '.gitignore')]);
      assert.equal(await isIgnored('.env'), false);
    });

    it('start nothing', async () => {
      git('init', '--quiet');
      write('.env', `TOKEN=${token}\n`);
      write('.gitignore', '.env');
      const path = process.env['PATH'];
      try {
        process.env['PATH'] = '';
        assert.equal(await isIgnored('.env'), true);
      } finally {
        process.env['PATH'] = path;
      }
    });
  });

  it('are what the rules say something about', async () => {
    git('init', '--quiet');
    write('.env', `TOKEN=${token}\n`);
    write('scripts/a.sh', '#!/bin/sh\necho "{\\"Authorization\\": \\"Bearer $MY_TOKEN\\"}"\n');
    const entry = (headersHelper: string) => ({
      type: 'http',
      url: 'https://h.example',
      headersHelper,
    });
    const a = entry('${CLAUDE_PROJECT_DIR:-.}/scripts/a.sh');
    const b = entry('./scripts/b.sh');
    const c = { command: 'x', args: ['--cert', 'gone.pem'] };
    const config = parseMcpConfig(JSON.stringify({ mcpServers: { a, b, c } }));
    const files = await readFileFacts(join(root, '.mcp.json'), referencedFiles(config), root);
    assert.deepEqual(
      findFindings(config, { files }).map(({ rule, server }) => `${rule} ${server}`),
      [
        'env-file-tracked undefined',
        'helper-not-executable a',
        'helper-credential-removed a',
        'helper-missing b',
        'mtls-file-missing c',
      ],
    );
  });
});
