import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findExecutable, type ExecutableSearch } from '../../src/node/findExecutable';

function machine(
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv,
  files: readonly string[],
): ExecutableSearch {
  return { platform, env, isExecutable: (path) => Promise.resolve(files.includes(path)) };
}

describe('finding a program', () => {
  const linux = machine('linux', { PATH: '.:/a::bin:/b' }, [
    'curl',
    'bin/curl',
    '/b/curl',
    '/opt/curl',
  ]);
  const windows = machine('win32', { Path: 'bin;"C:\\My Tools";C:\\b', PathExt: '.COM;.EXE' }, [
    'bin\\curl.exe',
    'C:\\My Tools\\curl.exe',
    'C:\\b\\curl.com',
    'D:\\curl.exe',
  ]);
  const rows: readonly (readonly [string, ExecutableSearch, string, string | undefined])[] = [
    ['in an absolute folder of PATH, never in a relative one', linux, '', '/b/curl'],
    ['where the configuration says', linux, '/opt/curl', '/opt/curl'],
    ['nowhere else if the configured one is missing', linux, '/opt/gone', undefined],
    ['not beside the workspace', linux, 'bin/curl', undefined],
    ['not where there is no PATH', machine('linux', {}, ['/b/curl']), '', undefined],
    ['on Windows with its extension', windows, '', 'C:\\My Tools\\curl.exe'],
    ['on Windows with the extension given', windows, 'curl.com', 'C:\\b\\curl.com'],
    ['on Windows where the configuration says', windows, 'D:\\curl.exe', 'D:\\curl.exe'],
  ];
  for (const [situation, search, configured, expected] of rows) {
    it(situation, async () => {
      assert.equal(await findExecutable('curl', configured, search), expected);
    });
  }

  it('on this machine: a file that may be run, no folder and no other file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'find-'));
    try {
      const [program, text] = [join(folder, 'program'), join(folder, 'text')];
      writeFileSync(program, '');
      writeFileSync(text, '');
      chmodSync(program, 0o755);
      mkdirSync(join(folder, 'folder'));
      const found = [program, text, join(folder, 'folder')].map((path) =>
        findExecutable('x', path),
      );
      assert.deepEqual(await Promise.all(found), [program, undefined, undefined]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
