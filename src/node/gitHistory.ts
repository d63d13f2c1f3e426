import { basename, dirname, resolve } from 'node:path';
import { runGit } from './git';

/** Beyond this the search says what it has found so far. */
const maxVersions = 5000;
const maxBytes = 256 * 1024 * 1024;

/**
 * Which of `texts` stand in a version of the file that git keeps, on any branch. They are compared
 * here, in memory: no argument, no file and no environment holds them. Reads, never writes.
 *
 * @returns `undefined` where git does not answer, or the search was cancelled
 */
export async function findInHistory(
  path: string,
  texts: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlySet<string> | undefined> {
  const cwd = dirname(resolve(path));
  const versions = await listVersions(cwd, basename(path), signal);
  if (versions === undefined) {
    return undefined;
  }
  const wanted = new Map(texts.map((text) => [text, Buffer.from(text)]));
  const found = new Set<string>();
  const reader = new BatchReader((version) => {
    for (const [text, bytes] of wanted) {
      if (version.includes(bytes)) {
        found.add(text);
        wanted.delete(text);
      }
    }
  });
  let bytes = 0;
  const input = versions.map((id) => `${id}\n`).join('');
  await runGit(['cat-file', '--batch'], { cwd, input, ...(signal && { signal }) }, (chunk) => {
    bytes += chunk.length;
    reader.take(chunk);
    return wanted.size > 0 && bytes < maxBytes;
  });
  return signal?.aborted === true ? undefined : found;
}

/** The ids of every version of the file, on all branches. */
async function listVersions(
  cwd: string,
  name: string,
  signal: AbortSignal | undefined,
): Promise<readonly string[] | undefined> {
  const chunks: Buffer[] = [];
  const args = [
    '--literal-pathspecs',
    'rev-list',
    '--objects',
    '--full-history',
    '--all',
    '--',
    name,
  ];
  const code = await runGit(args, { cwd, ...(signal && { signal }) }, (chunk) => {
    chunks.push(chunk);
    return true;
  });
  if (code !== 0) {
    return undefined;
  }
  // A commit stands by itself, a folder or a file with its path.
  const lines = Buffer.concat(chunks).toString('utf8').split('\n');
  const isVersion = (line: string) => line.endsWith(` ${name}`) || line.endsWith(`/${name}`);
  const ids = lines.filter(isVersion).map((line) => line.split(' ', 1)[0] ?? '');
  return [...new Set(ids)].slice(0, maxVersions);
}

/** Parts the output of `git cat-file --batch`: a line `<id> blob <size>`, the bytes, a line break. */
class BatchReader {
  private rest: Buffer = Buffer.alloc(0);
  private readonly parts: Buffer[] = [];
  private missing = 0;

  constructor(private readonly onVersion: (version: Buffer) => void) {}

  take(chunk: Buffer): void {
    let input = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    this.rest = Buffer.alloc(0);
    while (input.length > 0) {
      if (this.missing === 0) {
        const end = input.indexOf('\n');
        if (end === -1) {
          this.rest = input;
          return;
        }
        const [, size] = / (\d+)$/.exec(input.toString('latin1', 0, end)) ?? [];
        // The line break behind the bytes is theirs.
        this.missing = size === undefined ? 0 : Number(size) + 1;
        input = input.subarray(end + 1);
        continue;
      }
      const part = input.subarray(0, this.missing);
      this.parts.push(part);
      this.missing -= part.length;
      input = input.subarray(part.length);
      if (this.missing === 0) {
        this.onVersion(Buffer.concat(this.parts.splice(0)));
      }
    }
  }
}
