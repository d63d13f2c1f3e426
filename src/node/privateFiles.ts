import { randomUUID } from 'node:crypto';
import { open, readFile, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import type { GitStatus, PrivateFiles } from '../core/variables/privateFiles';
import { runGit } from './git';
import { isInside } from './isInside';
import { replaceFile } from './replaceFile';

/** Files for credentials, on this machine's disk. */
export const privateFiles: PrivateFiles = {
  read,
  write,
  replace: (path, text) => replaceFile({ read, write }, path, text),
  gitStatus,
  linkedOutside,
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
  const target = await targetOf(path);
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

/** More links in a row than any system follows. */
const maxLinks = 40;

/** Where links at `path` lead, to a file that is not there yet as well; `path` where there are none. */
async function targetOf(path: string, links = 0): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const folder = await realpath(dirname(path)).catch(() => dirname(path));
    const target = await readlink(path).catch(() => undefined);
    if (target === undefined || links === maxLinks) {
      return resolve(folder, basename(path));
    }
    // Not normalized: behind a link, `..` is the folder above where that leads.
    return targetOf(isAbsolute(target) ? target : `${folder}/${target}`, links + 1);
  }
}

async function linkedOutside(
  path: string,
  folders: readonly string[],
): Promise<string | undefined> {
  const target = await targetOf(path);
  const real = await Promise.all([dirname(path), ...folders].map((it) => targetOf(it)));
  return real.some((folder) => isInside(folder, target)) ? undefined : target;
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
