import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  mkdirSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { privateFiles } from '../../src/node/privateFiles';

describe('a file for credentials', () => {
  let folder = '';
  let path = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mcp-auth-'));
    path = join(folder, '.env');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: folder });
  const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);

  it('is nothing to read while it is not there', async () => {
    assert.equal(await privateFiles.read(path), undefined);
  });

  it('is for its owner alone when it is new, and leaves nothing beside it', async () => {
    await privateFiles.write(path, 'A=ü\n');
    assert.deepEqual(
      { text: await privateFiles.read(path), mode: modeOf(path), files: readdirSync(folder) },
      { text: 'A=ü\n', mode: '600', files: ['.env'] },
    );
  });

  it('keeps the rights that it had', async () => {
    writeFileSync(path, '');
    chmodSync(path, 0o640);
    await privateFiles.write(path, 'A=1\n');
    assert.equal(modeOf(path), '640');
  });

  it('is written through a link, which stays one', async () => {
    const target = join(folder, 'elsewhere.env');
    writeFileSync(target, '');
    symlinkSync(target, path);
    await privateFiles.write(path, 'A=1\n');
    assert.equal(readFileSync(target, 'utf8'), 'A=1\n');
  });

  it('is said to be outside where a link leads out of the folders, and where to', async () => {
    const project = join(folder, 'project');
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(join(project, 'deep'), { recursive: true });
    mkdirSync(elsewhere);
    const real = realpathSync(folder);
    const link = (target: string, from: string) => symlinkSync(target, join(project, from));
    writeFileSync(join(project, 'plain'), '');
    writeFileSync(join(elsewhere, '.env'), '');
    link('plain', 'inside');
    link('deep/gone', 'dangling-inside');
    link('../elsewhere/.env', 'outside');
    link('outside', 'twice');
    link('../elsewhere/gone', 'dangling');
    link('dangling', 'twice-dangling');
    link('deep/../../elsewhere/gone', 'roundabout');
    link('../elsewhere', 'folder');
    link('folder/gone', 'through-a-folder');
    link('loop', 'loop');
    link('../project-2', 'neighbour');
    const names = readdirSync(project).filter((name) => name !== 'deep' && name !== 'folder');
    const found = await Promise.all(
      [...names, 'missing', 'folder/.env'].map(async (name) => [
        name,
        (await privateFiles.linkedOutside(join(project, name), [project]))?.slice(real.length + 1),
      ]),
    );
    assert.deepEqual(Object.fromEntries(found.filter(([, target]) => target !== undefined)), {
      dangling: 'elsewhere/gone',
      neighbour: 'project-2',
      outside: 'elsewhere/.env',
      roundabout: 'elsewhere/gone',
      'through-a-folder': 'elsewhere/gone',
      twice: 'elsewhere/.env',
      'twice-dangling': 'elsewhere/gone',
    });
    assert.equal(
      await privateFiles.linkedOutside(join(project, 'twice'), [project, elsewhere]),
      undefined,
    );
  });

  it('is written where a chain of links leads to a file that is not there yet', async () => {
    mkdirSync(join(folder, 'a', 'b'), { recursive: true });
    symlinkSync('a/b', join(folder, 'deep'));
    symlinkSync('deep/../elsewhere.env', join(folder, 'second'));
    symlinkSync('second', path);
    await privateFiles.write(path, 'A=1\n');
    assert.equal(readFileSync(join(folder, 'a', 'elsewhere.env'), 'utf8'), 'A=1\n');
    assert.equal(readFileSync(path, 'utf8'), 'A=1\n');
  });

  it('is not made where its folder is gone', async () => {
    const missing = join(folder, 'gone', '.env');
    await assert.rejects(privateFiles.write(missing, 'A=1\n'), { code: 'ENOENT' });
    assert.deepEqual(readdirSync(folder), []);
  });

  it('is known to git as ignored, tracked or neither', async () => {
    const before = await privateFiles.gitStatus(path);
    git('init', '--quiet');
    const plain = await privateFiles.gitStatus(path);
    writeFileSync(join(folder, '.gitignore'), '*.env\n');
    const ignored = await privateFiles.gitStatus(path);
    writeFileSync(path, 'A=1\n');
    git('add', '--force', '.env');
    const tracked = await privateFiles.gitStatus(path);
    assert.deepEqual(
      [before, plain, ignored, tracked],
      ['no-repository', 'not-ignored', 'ignored', 'tracked'],
    );
  });

  it('is taken for one to protect where a repository is there and git does not answer', async () => {
    mkdirSync(join(folder, '.git'));
    assert.equal(await privateFiles.gitStatus(path), 'unknown');
  });

  it('is looked at without running what a repository configures', async () => {
    git('init', '--quiet');
    const trace = join(folder, 'ran');
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin', 'monitor'), `#!/bin/sh\ntouch '${trace}'\n`, { mode: 0o755 });
    git('config', 'core.fsmonitor', join(folder, 'bin', 'monitor'));
    await privateFiles.gitStatus(path);
    assert.ok(!readdirSync(folder).includes('ran'));
  });
});
