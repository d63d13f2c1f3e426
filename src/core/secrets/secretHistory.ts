/** A commit that writes a version of a file with a credential in it. */
export interface SecretCommit {
  readonly hash: string;
  /** When it was committed: ISO 8601 in UTC, so that the text sorts by time. */
  readonly date: string;
  /** In the repository. */
  readonly path: string;
}

/** What a search of the history found. */
export interface HistorySearch {
  /** By what was looked for, the newest first; what was not found is not here. */
  readonly commits: ReadonlyMap<string, readonly SecretCommit[]>;
  /** How many commits were looked through. */
  readonly searched: number;
  /** Whether that was all of them; not so in a very large repository. */
  readonly isComplete: boolean;
  /** This clone has the latest commits alone. */
  readonly isShallow: boolean;
}

export interface HistoryProgress {
  /** Commits. */
  readonly done: number;
  readonly total: number;
}

/** What the problem at a credential says of its history. */
export interface CommittedFact {
  readonly commits: number;
  /** The day of the first of them: `2026-01-31`. */
  readonly since: string;
}

/** The commits of several spellings of one credential, each once, the newest first. */
export function mergeCommits(found: readonly (readonly SecretCommit[])[]): readonly SecretCommit[] {
  const each = new Map(found.flat().map((commit) => [`${commit.hash} ${commit.path}`, commit]));
  return [...each.values()].sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0));
}

/** `undefined` where there is no commit. */
export function committedFact(commits: readonly SecretCommit[]): CommittedFact | undefined {
  const first = commits.at(-1);
  const hashes = new Set(commits.map(({ hash }) => hash));
  return first && { commits: hashes.size, since: first.date.slice(0, 10) };
}
