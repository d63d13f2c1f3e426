import { constants } from 'node:fs';
import { access, open, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { FileFact, FileFacts } from '../core/diagnostics/fileFacts';
import type { ReferencedFile } from '../core/diagnostics/referencedFiles';
import { credentialsInDotEnv } from '../core/variables/credentialsInDotEnv';
import { runGit } from './git';

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
  // Git is asked where it matters, and started for nothing else.
  const secret = files.filter(({ path }) => holdsCredentials(facts.get(path)));
  const ignored = await findIgnored(
    folder,
    secret.map(({ path }) => resolve(folder, path)),
  );
  for (const { path } of secret) {
    const fact = facts.get(path);
    if (ignored !== undefined && fact?.kind === 'file') {
      facts.set(path, { ...fact, isIgnored: ignored.has(resolve(folder, path)) });
    }
  }
  return { look: (path) => facts.get(path) };
}

function holdsCredentials(fact: FileFact | undefined): boolean {
  return fact?.kind === 'file' && (fact.credentials ?? []).length > 0;
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
    const text =
      use !== 'certificate' && status.size <= maxTextBytes ? await readText(path) : undefined;
    return {
      kind: 'file',
      ...(process.platform !== 'win32' && { isExecutable: await isExecutable(path) }),
      ...(text !== undefined &&
        (use === 'environment' ? { credentials: credentialsInDotEnv(text) } : { text })),
    };
  } catch (error) {
    return isMissing(error) ? { kind: 'missing' } : undefined;
  }
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** `undefined` for a file that this user may not read: it is there all the same. */
async function readText(path: string): Promise<string | undefined> {
  try {
    // What stands there now may be another kind of file than a moment ago: it must not block.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const buffer = Buffer.alloc(maxTextBytes);
      const { bytesRead } = await file.read(buffer, 0, maxTextBytes, 0);
      return new TextDecoder().decode(buffer.subarray(0, bytesRead));
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Those of `paths` that git ignores; `undefined` where it cannot tell, as outside a repository. */
async function findIgnored(
  cwd: string,
  paths: readonly string[],
): Promise<ReadonlySet<string> | undefined> {
  if (paths.length === 0) {
    return undefined;
  }
  const chunks: Buffer[] = [];
  const input = paths.map((path) => `${path}\0`).join('');
  const code = await runGit(['check-ignore', '--stdin', '-z'], { cwd, input }, (chunk) => {
    chunks.push(chunk);
    return true;
  });
  const isAnswer = code === 0 || code === 1;
  return isAnswer ? new Set(Buffer.concat(chunks).toString('utf8').split('\0')) : undefined;
}

function isMissing(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'ENOENT' || error.code === 'ENOTDIR')
  );
}
