import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { privateFiles } from '../../src/node/privateFiles';
import { replaceFile } from '../../src/node/replaceFile';

describe('replacing the settings of another program', () => {
  let folder = '';
  let path = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mcp-auth-'));
    path = join(folder, 'claude', 'settings.json');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);

  it('makes file and folder for their owner alone, and leaves nothing beside it', async () => {
    assert.deepEqual(await privateFiles.replace(path, '{}'), { kind: 'replaced' });
    assert.deepEqual(
      [modeOf(join(folder, 'claude')), modeOf(path), readdirSync(join(folder, 'claude'))],
      ['700', '600', ['settings.json']],
    );
  });

  it('writes through a link, also to a file that is not there yet', async () => {
    mkdirSync(join(folder, 'claude'));
    symlinkSync(join('..', 'dotfiles.json'), path);
    for (const text of ['{"a":1}', '{"a":2}']) {
      assert.deepEqual(await privateFiles.replace(path, text), { kind: 'replaced' });
      assert.equal(readFileSync(join(folder, 'dotfiles.json'), 'utf8'), text);
    }
  });

  it('changes nothing where a folder stands in the place of the file', async () => {
    mkdirSync(path, { recursive: true });
    const result = await privateFiles.replace(path, '{}');
    assert.equal(result.kind, 'unchanged');
    assert.deepEqual(readdirSync(join(folder, 'claude')), ['settings.json']);
  });

  describe('on a disk that keeps less than it says', () => {
    const disk = (isBroken: (text: string) => boolean) => ({
      ...privateFiles,
      write: (at: string, text: string) =>
        isBroken(text) && at === path
          ? Promise.resolve(writeFileSync(path, text.slice(0, 3)))
          : privateFiles.write(at, text),
    });

    beforeEach(() => {
      mkdirSync(join(folder, 'claude'));
      writeFileSync(path, 'the old text');
    });

    it('puts the old text back', async () => {
      const result = await replaceFile(
        disk((text) => text === 'the new text'),
        path,
        'the new text',
      );
      assert.equal(result.kind, 'unchanged');
      assert.equal(readFileSync(path, 'utf8'), 'the old text');
      assert.deepEqual(readdirSync(join(folder, 'claude')), ['settings.json']);
    });

    it('names the copy where that fails too', async () => {
      const result = await replaceFile(
        disk(() => true),
        path,
        'the new text',
      );
      assert.ok(result.kind === 'backup');
      assert.equal(readFileSync(result.path, 'utf8'), 'the old text');
      assert.equal(modeOf(result.path), '600');
      assert.ok(readdirSync(join(folder, 'claude')).includes(basename(result.path)));
    });
  });
});
