import { basename, dirname, resolve } from 'node:path';
import type { HistoryProgress, HistorySearch, SecretCommit } from '../core/secrets/secretHistory';
import { runGit } from './git';
import { readBlobs } from './gitBlobs';

/** Beyond these the search says what it has found so far. */
const maxCommits = 20_000;
const maxBytes = 512 * 1024 * 1024;

/** How many commits are looked through between two words about it. */
const batchSize = 400;

/** A shorter text stands in many a file by chance; it counts in versions of the same file alone. */
const shortest = 8;

interface Commit {
  readonly hash: string;
  readonly date: string;
}

/** A version of a file, and the commit that wrote it. */
interface Written {
  readonly commit: Commit;
  readonly blob: string;
  readonly path: string;
}

/**
 * The commits, on all branches, that write one of `values` into any file of the repository in which
 * `path` stands: first those of this file, then all others, the newest first. Files beyond 1 MiB are
 * left out. Values are compared here, in memory: no argument, no file and no environment holds them.
 * Reads, never writes.
 *
 * @returns `undefined` where git does not answer, or the search was cancelled
 */
export async function findCommits(
  path: string,
  values: readonly string[],
  signal?: AbortSignal,
  onProgress: (progress: HistoryProgress) => void = () => undefined,
): Promise<HistorySearch | undefined> {
  const cwd = dirname(resolve(path));
  const name = basename(path);
  const git = { cwd, ...(signal && { signal }) };
  const own = await listCommits(['--full-history', '--', name], git);
  const all = await listCommits(['--'], git);
  const place = await readLine(['rev-parse', '--show-prefix'], git);
  if (own === undefined || all === undefined || place === undefined) {
    return undefined;
  }
  const commits = [...new Map([...own, ...all].map((it) => [it.hash, it])).values()];
  const wanted = values.filter((value) => value !== '');
  const found = new Map<string, SecretCommit[]>();
  const seen = new Map<string, readonly string[]>();
  let isComplete = all.length <= maxCommits;
  let bytes = 0;
  let done = 0;
  while (done < commits.length && bytes < maxBytes && wanted.length > 0) {
    onProgress({ done, total: commits.length });
    const batch = commits.slice(done, done + batchSize);
    const { written, isWhole } = await listWritten(batch, git);
    const unseen = new Set(written.map(({ blob }) => blob).filter((blob) => !seen.has(blob)));
    const read = await readBlobs([...unseen], git, maxBytes - bytes, (blob, content) => {
      bytes += content.length;
      seen.set(
        blob,
        wanted.filter((value) => content.includes(value)),
      );
    });
    unseen.forEach((blob) => seen.set(blob, seen.get(blob) ?? []));
    if (signal?.aborted === true) {
      return undefined;
    }
    isComplete &&= isWhole && read;
    record(written, seen, `${place}${name}`, found);
    done += batch.length;
  }
  onProgress({ done, total: commits.length });
  const isShallow = (await readLine(['rev-parse', '--is-shallow-repository'], git)) === 'true';
  return signal?.aborted === true
    ? undefined
    : {
        commits: inOrder(found),
        searched: done,
        isComplete: isComplete && (done === commits.length || wanted.length === 0),
        isShallow,
      };
}

function record(
  written: readonly Written[],
  seen: ReadonlyMap<string, readonly string[]>,
  ownPath: string,
  found: Map<string, SecretCommit[]>,
): void {
  for (const { commit, blob, path } of written) {
    for (const value of seen.get(blob) ?? []) {
      if (value.length >= shortest || path === ownPath) {
        const commits = found.get(value) ?? [];
        commits.push({ ...commit, path });
        found.set(value, commits);
      }
    }
  }
}

function inOrder(
  found: ReadonlyMap<string, readonly SecretCommit[]>,
): ReadonlyMap<string, readonly SecretCommit[]> {
  return new Map(
    Array.from(found, ([value, commits]) => [
      value,
      commits.toSorted((a, b) => b.date.localeCompare(a.date)),
    ]),
  );
}

type Git = Parameters<typeof runGit>[1];

/** The newest first, on all branches; one more than are looked through. */
async function listCommits(
  which: readonly string[],
  git: Git,
): Promise<readonly Commit[] | undefined> {
  const args = ['--literal-pathspecs', 'rev-list', '--all', '--timestamp'];
  const text = await readAll([...args, `--max-count=${maxCommits + 1}`, ...which], git);
  const lines = text?.toString('latin1').split('\n');
  return lines?.slice(0, maxCommits).flatMap((line) => {
    const [seconds = '', hash = ''] = line.split(' ');
    return hash === '' ? [] : { hash, date: new Date(Number(seconds) * 1000).toISOString() };
  });
}

/**
 * The files that each commit writes; of a merge those that none of its parents has. The plumbing
 * command runs no program that a repository names.
 */
async function listWritten(
  commits: readonly Commit[],
  git: Git,
): Promise<{ readonly written: readonly Written[]; readonly isWhole: boolean }> {
  const byHash = new Map(commits.map((commit) => [commit.hash, commit]));
  const input = commits.map(({ hash }) => `${hash}\n`).join('');
  const args = ['diff-tree', '--stdin', '-r', '-c', '--root', '-z', '--raw', '--no-renames'];
  const chunks: Buffer[] = [];
  const code = await runGit(args, { ...git, input }, (chunk) => chunks.push(chunk) > 0);
  const tokens = Buffer.concat(chunks).toString('utf8').split('\0');
  const written: Written[] = [];
  let commit: Commit | undefined;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] ?? '';
    if (!token.startsWith(':')) {
      commit = byHash.get(token);
      continue;
    }
    // `:` once for each parent; then the modes, the ids and a word, those of the result last.
    const parents = /^:+/.exec(token)?.[0].length ?? 1;
    const fields = token.slice(parents).split(' ');
    const [mode = '', blob = ''] = [fields[parents], fields[2 * parents + 1]];
    const path = tokens[++index] ?? '';
    const isFile = mode.startsWith('10') || mode.startsWith('12');
    if (commit !== undefined && isFile) {
      written.push({ commit, blob, path });
    }
  }
  return { written, isWhole: code === 0 };
}

async function readLine(args: readonly string[], git: Git): Promise<string | undefined> {
  return (await readAll(args, git))?.toString('utf8').replace(/\r?\n$/, '');
}

async function readAll(args: readonly string[], git: Git): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  const code = await runGit(args, git, (chunk) => chunks.push(chunk) > 0);
  return code === 0 ? Buffer.concat(chunks) : undefined;
}
