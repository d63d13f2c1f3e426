import { isAbsolute, relative, resolve, sep } from 'node:path';

/** `path` below the current folder, with `/`; `undefined` where it is elsewhere. */
export function relativePath(path: string): string | undefined {
  const below = relative('.', resolve(path));
  const isElsewhere = below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below);
  return isElsewhere ? undefined : below.split(sep).join('/');
}
