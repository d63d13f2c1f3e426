import { codeSpan, escapeMarkdown } from '../base/markdown';
import type { SecretCommit } from './secretHistory';

/** A credential that the history holds, without any of it. */
export interface SecretInHistory {
  /** `GitHub token (ghp_…)` */
  readonly what: string;
  /** As it is said after "in": `header "Authorization"`. */
  readonly where: string;
  readonly server: string | undefined;
  /** The configuration, as a person names it. */
  readonly file: string;
  /** The newest first, at least one. */
  readonly commits: readonly SecretCommit[];
  /** Where its provider replaces it. */
  readonly tokenPage?: string;
}

/** How far was looked. */
export interface HistoryExtent {
  /** Commits, of all repositories together. */
  readonly searched: number;
  readonly isComplete: boolean;
  readonly isShallow: boolean;
}

/** So many of the commits of one credential are listed. */
const maxListed = 50;

/** What was found, as a Markdown document: commits, paths, and what to do. It holds no credential. */
export function formatHistoryReport(
  secrets: readonly SecretInHistory[],
  { searched, isComplete, isShallow }: HistoryExtent,
): string {
  const extent = [
    `${searched} ${searched === 1 ? 'commit was' : 'commits were'} searched, on all branches; files larger than 1 MiB were not.`,
    ...(isComplete
      ? []
      : ['There is more than could be searched, so other commits may hold them too.']),
    ...(isShallow
      ? [
          'This clone is shallow: earlier commits are not here. Run `git fetch --unshallow` to search them as well.',
        ]
      : []),
  ];
  return [
    '# Secrets in the git history',
    extent.join(' '),
    ...(secrets.length > 0
      ? [advice]
      : ['None of the secrets that stand in a configuration now was found.']),
    ...secrets.map(formatSecret),
  ]
    .join('\n\n')
    .concat('\n');
}

const advice =
  'Replace each of them at its provider and revoke the old one. Rewriting the history is not enough: whoever has a clone or a fork keeps what was in it, and hosts keep commits that no branch has any more.';

function formatSecret({ what, where, server, file, commits, tokenPage }: SecretInHistory): string {
  const owner = server === undefined ? '' : ` of ${server}`;
  const [latest] = commits;
  const first = commits.at(-1);
  const count = new Set(commits.map(({ hash }) => hash)).size;
  const days = [...new Set([first, latest].map((commit) => commit?.date.slice(0, 10) ?? ''))];
  const rows = commits.slice(0, maxListed).map(({ hash, date, path }) => {
    return `| ${codeSpan(hash.slice(0, 10))} | ${date.slice(0, 10)} | ${codeSpan(path)} |`;
  });
  return [
    `## ${escapeMarkdown(what)}`,
    `In ${escapeMarkdown(`${where}${owner}, ${file}`)}. It is in ${count === 1 ? 'one commit' : `${count} commits`}, ${days.length === 1 ? `of ${days[0]}` : `the first of ${days[0]}, the latest of ${days[1]}`}.`,
    ...(tokenPage === undefined ? [] : [`Replace it at <${tokenPage}>.`]),
    ['| Commit | Date | File |', '| --- | --- | --- |', ...rows].join('\n'),
    ...(commits.length > maxListed ? [`${commits.length - maxListed} more are not listed.`] : []),
  ].join('\n\n');
}
