const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EISDIR: 'it is a folder',
  ELOOP: 'its links go round in a circle',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'its name is too long',
  ENOENT: 'it is not there',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is no folder',
  EPERM: 'permission is denied',
  EROFS: 'the disk is read only',
};

/** Why the system refused, as the end of a sentence. */
export function describeError(error: unknown): string {
  const code =
    error instanceof Error && 'code' in error ? String(error.code) : 'for no known reason';
  return Object.hasOwn(reasons, code) ? (reasons[code] ?? code) : code;
}
