import { isAbsolute, relative, sep } from 'node:path';

/** Whether `path` is `root` or below it. Both are absolute; no link is followed. */
export function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
