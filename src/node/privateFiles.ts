import { randomUUID } from 'node:crypto';
import { open, readFile, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { GitStatus, PrivateFiles } from '../core/variables/privateFiles';
import { runGit } from './git';
import { replaceFile } from './replaceFile';

/** Files for credentials, on this machine's disk. */
export const privateFiles: PrivateFiles = {
  read,
  write,
  replace: (path, text) => replaceFile({ read, write }, path, text),
  gitStatus,
};

async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw error;
  }
}

/** Writes beside the file and renames: a full disk or a crash leaves what was there. */
async function write(path: string, text: string): Promise<void> {
  // Through a link to the file it names: a rename would replace the link.
  const target = await realpath(path).catch(() => linkTarget(path));
  const mode = await stat(target).then(
    (found) => found.mode & 0o777,
    () => 0o600,
  );
  const temporary = `${target}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      await file.chmod(mode);
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Where a link leads to a file that is not there yet; `path` itself where it is none. */
async function linkTarget(path: string): Promise<string> {
  return readlink(path).then(
    (target) => resolve(dirname(path), target),
    () => path,
  );
}

/** Of the file, or of the one it is a link to where git has that. */
async function gitStatus(path: string): Promise<GitStatus> {
  const target = await realpath(path).catch(() => path);
  return (await statusOf(target)) === 'tracked' ? 'tracked' : statusOf(path);
}

/** Asks git, which alone knows all of its ignore files. Reads, never writes. */
async function statusOf(path: string): Promise<GitStatus> {
  const folder = dirname(path);
  const name = basename(path);
  const git = (...args: readonly string[]) => runGit(args, { cwd: folder }, () => true);
  if ((await git('ls-files', '--error-unmatch', '--', name)) === 0) {
    return 'tracked';
  }
  switch (await git('check-ignore', '--quiet', '--', name)) {
    case 0:
      return 'ignored';
    case 1:
      return 'not-ignored';
    default:
      // It also refuses to answer, for a folder of another owner for example.
      return (await isInRepository(folder)) ? 'unknown' : 'no-repository';
  }
}

/** Whether a `.git` stands in the folder or above it. */
async function isInRepository(folder: string): Promise<boolean> {
  const isHere = await stat(join(folder, '.git')).then(
    () => true,
    () => false,
  );
  const above = dirname(folder);
  return isHere || (above !== folder && isInRepository(above));
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
