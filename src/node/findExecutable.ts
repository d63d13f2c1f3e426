import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { posix, win32 } from 'node:path';

/** Where programs are looked for. */
export interface ExecutableSearch {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<NodeJS.ProcessEnv>;
  isExecutable(path: string): Promise<boolean>;
}

/**
 * The absolute path of a program. `configured` wins where it is set: an absolute path is taken as
 * it is or not at all, a name is looked up. Relative folders in PATH are passed over, so that an
 * opened folder cannot bring its own program.
 */
export async function findExecutable(
  name: string,
  configured = '',
  search: ExecutableSearch = thisMachine,
): Promise<string | undefined> {
  const wanted = configured.trim() || name;
  for (const path of candidates(wanted, search)) {
    if (await search.isExecutable(path)) {
      return path;
    }
  }
  return undefined;
}

function candidates(wanted: string, { platform, env }: ExecutableSearch): readonly string[] {
  const isWindows = platform === 'win32';
  const { isAbsolute, join, delimiter, extname } = isWindows ? win32 : posix;
  if (isAbsolute(wanted)) {
    return [wanted];
  }
  if (/[\\/]/.test(wanted)) {
    return [];
  }
  const folders = (readVariable(env, 'PATH', isWindows) ?? '')
    .split(delimiter)
    .map((folder) => folder.replace(/^"(.*)"$/, '$1'))
    .filter(isAbsolute);
  const extensions = (readVariable(env, 'PATHEXT', isWindows) ?? '.COM;.EXE').split(';');
  const names =
    isWindows && extname(wanted) === ''
      ? extensions.map((extension) => wanted + extension.toLowerCase())
      : [wanted];
  return folders.flatMap((folder) => names.map((file) => join(folder, file)));
}

/** Windows does not tell `Path` from `PATH`. */
function readVariable(
  env: Readonly<NodeJS.ProcessEnv>,
  name: string,
  isWindows: boolean,
): string | undefined {
  const key = isWindows ? Object.keys(env).find((key) => key.toUpperCase() === name) : name;
  return key === undefined ? undefined : env[key];
}

const thisMachine: ExecutableSearch = {
  platform: process.platform,
  env: process.env,
  async isExecutable(path) {
    try {
      await access(path, constants.X_OK);
      return (await stat(path)).isFile();
    } catch {
      return false;
    }
  },
};
