import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { FileFact, FileFacts } from '../core/diagnostics/fileFacts';
import type { ReferencedFile } from '../core/diagnostics/referencedFiles';
import { credentialsInDotEnv } from '../core/variables/credentialsInDotEnv';
import { isIgnoredWithin } from './ignoreRules';
import { isInside } from './isInside';
import { readTextFile } from './readTextFile';

/** A script or a `.env` above this size is looked at from outside alone. */
const maxTextBytes = 256 * 1024;

/**
 * Looks at the files that the configuration at `configPath` names. What is outside of `root`, also
 * by a link, is not looked at: nothing is known of it. No certificate or key is opened.
 *
 * @param files as `referencedFiles` lists them
 * @param root the folder that is trusted, such as the workspace
 */
export async function readFileFacts(
  configPath: string,
  files: readonly ReferencedFile[],
  root: string,
): Promise<FileFacts> {
  const folder = dirname(resolve(configPath));
  const facts = new Map<string, FileFact>();
  await Promise.all(
    files.map(async (file) => {
      const fact = await readFact(resolve(folder, file.path), file.use, resolve(root));
      if (fact !== undefined) {
        facts.set(file.path, fact);
      }
    }),
  );
  return { look: (path) => facts.get(path) };
}

async function readFact(
  path: string,
  use: ReferencedFile['use'],
  root: string,
): Promise<FileFact | undefined> {
  if (!isInside(root, path)) {
    return undefined;
  }
  try {
    if (!isInside(await realpath(root), await realpath(path))) {
      return undefined;
    }
    const status = await stat(path);
    if (!status.isFile()) {
      return undefined;
    }
    const isRead = use !== 'certificate' && status.size <= maxTextBytes;
    const text = isRead ? await readTextFile(path, maxTextBytes) : undefined;
    const rights = process.platform !== 'win32' && { isExecutable: await isExecutable(path) };
    if (text === undefined) {
      return { kind: 'file', ...rights };
    }
    return use === 'environment'
      ? { kind: 'file', ...rights, ...(await readEnvironment(path, text, root)) }
      : { kind: 'file', ...rights, text };
  } catch (error) {
    return isMissing(error) ? { kind: 'missing' } : undefined;
  }
}

/** Of a `.env` the names that hold credentials, and whether it could get into the repository. */
async function readEnvironment(path: string, text: string, root: string) {
  const credentials = credentialsInDotEnv(text);
  const isIgnored = credentials.length > 0 ? await isIgnoredWithin(root, path) : undefined;
  return { credentials, ...(isIgnored !== undefined && { isIgnored }) };
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

function isMissing(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'ENOENT' || error.code === 'ENOTDIR')
  );
}
