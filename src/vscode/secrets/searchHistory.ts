import * as vscode from 'vscode';
import { rangeEnd } from '../../core/base/range';
import { rangeInString } from '../../core/config/json';
import { credentialName, placeName } from '../../core/diagnostics/rules/secretReports';
import { formatHistoryReport, type SecretInHistory } from '../../core/secrets/historyReport';
import {
  committedFact,
  mergeCommits,
  type CommittedFact,
  type HistorySearch,
} from '../../core/secrets/secretHistory';
import { secretsIn } from '../../core/secrets/secretsIn';
import { tokenPageOf } from '../../core/secrets/tokenPages';
import type { ConfigFile } from '../../core/servers/serverStore';
import type { Services } from '../services';
import { toAbortSignal } from '../ui/cancellation';
import { notify } from '../ui/notifications';

/** A credential of a configuration, for as long as the search runs. */
export interface Searched extends Omit<SecretInHistory, 'commits'> {
  /** As it is written in the configuration. */
  readonly written: string;
  /** And as it is meant: so it stands in other files. */
  readonly value: string;
}

/** Credentials of the configuration at `uri`. */
export interface HistoryQuery {
  readonly uri: vscode.Uri;
  readonly secrets: readonly Searched[];
}

/** Looks for credentials in the git history of their repositories, and tells what it finds. */
export async function searchHistory(
  services: Services,
  queries: readonly HistoryQuery[],
): Promise<void> {
  const options: vscode.ProgressOptions = {
    location: vscode.ProgressLocation.Notification,
    title: 'Looking for secrets in the git history',
    cancellable: true,
  };
  const searches = await vscode.window.withProgress(options, async (progress, token) => {
    const { signal, dispose } = toAbortSignal(token);
    try {
      const found: (Result | undefined)[] = [];
      for (const { uri, secrets } of queries) {
        const values = secrets.flatMap(({ written, value }) => [written, value]);
        const search = await services.machine.findCommits(
          uri.fsPath,
          [...new Set(values)],
          signal,
          ({ done, total }) => progress.report({ message: `${done} of ${total} commits` }),
        );
        found.push(search && { uri, search, secrets });
      }
      return signal.aborted ? undefined : found;
    } finally {
      dispose();
    }
  });
  if (searches !== undefined) {
    tell(services, searches);
  }
}

interface Result extends HistoryQuery {
  readonly search: HistorySearch;
}

function tell(services: Services, searches: readonly (Result | undefined)[]): void {
  const results = searches.filter((result) => result !== undefined);
  const secrets: SecretInHistory[] = [];
  for (const { uri, search, secrets: searched } of results) {
    const facts = new Map<string, CommittedFact>();
    for (const { written, value, ...secret } of searched) {
      const spellings = new Set([written, value]);
      const commits = mergeCommits([...spellings].map((it) => search.commits.get(it) ?? []));
      const fact = committedFact(commits);
      if (fact !== undefined) {
        facts.set(written, fact);
        secrets.push({ ...secret, commits });
      }
    }
    services.files.setCommitted(uri, facts);
  }
  const extent = {
    searched: results.reduce((sum, { search }) => sum + search.searched, 0),
    isComplete: results.every(({ search }) => search.isComplete),
    isShallow: results.some(({ search }) => search.isShallow),
  };
  services.history.set('', reportSubject, formatHistoryReport(secrets, extent));
  if (results.length < searches.length) {
    void notify.error(
      'The history was not searched everywhere: git gave no answer, as outside of a repository.',
    );
  }
  if (results.length > 0 || searches.length === 0) {
    void offer(services, secrets, extent.isComplete);
  }
}

/** Of the one report there is. */
const reportSubject = 'the git history';

const showReport = 'Show Report';
const openTokenPage = 'Open Token Page';

async function offer(
  { history }: Services,
  secrets: readonly SecretInHistory[],
  isComplete: boolean,
): Promise<void> {
  const pages = [...new Set(secrets.flatMap(({ tokenPage }) => tokenPage ?? []))];
  const buttons = [showReport, ...(pages.length > 0 ? [openTokenPage] : [])];
  const choice = await notify.info(describe(secrets.length, isComplete), ...buttons);
  if (choice === showReport) {
    await history.show('', reportSubject);
  } else if (choice === openTokenPage) {
    const page =
      pages.length === 1
        ? pages[0]
        : await vscode.window.showQuickPick(pages, { placeHolder: 'Open which token page?' });
    if (page !== undefined) {
      await vscode.env.openExternal(vscode.Uri.parse(page, true));
    }
  }
}

function describe(count: number, isComplete: boolean): string {
  const end = isComplete ? '' : ' Not all of it was searched: the report says how far.';
  if (count === 0) {
    return `None of the secrets was found in the git history.${end}`;
  }
  const what = count === 1 ? 'One secret is' : `${count} secrets are`;
  return `${what} in the git history. What was committed has to be replaced at its provider.${end}`;
}

/** The credentials that stand in a configuration. */
export function secretsOf({ config, label }: ConfigFile): readonly Searched[] {
  return secretsIn(config).flatMap(({ server, leaf, secrets }) =>
    secrets.map((match): Searched => {
      const { start, end } = match;
      const range = rangeInString(config.text, leaf, start, end);
      const tokenPage = tokenPageOf(match);
      return {
        written: config.text.slice(range.offset, rangeEnd(range)),
        value: leaf.value.slice(start, end),
        what: credentialName(match),
        where: placeName(leaf, match),
        server: server?.name,
        file: label,
        ...(tokenPage !== undefined && { tokenPage }),
      };
    }),
  );
}
