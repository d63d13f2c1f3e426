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
import { UserFacingError } from '../ui/errorBoundary';
import { notify } from '../ui/notifications';

/** A credential of a configuration, for as long as the search runs. */
interface Searched extends Omit<SecretInHistory, 'commits'> {
  /** As it is written in the configuration. */
  readonly written: string;
  /** And as it is meant: so it stands in other files. */
  readonly value: string;
}

/** Looks for the credentials of every configuration in the git history of its repository. */
export async function searchHistory(services: Services): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    throw new UserFacingError('Searching the history needs a trusted workspace.');
  }
  const files = services.store
    .allFiles()
    .map((file) => ({ uri: vscode.Uri.parse(file.id, true), secrets: secretsOf(file) }))
    .filter(({ uri, secrets }) => uri.scheme === 'file' && secrets.length > 0);
  const options: vscode.ProgressOptions = {
    location: vscode.ProgressLocation.Notification,
    title: 'Looking for secrets in the git history',
    cancellable: true,
  };
  const searches = await vscode.window.withProgress(options, async (progress, token) => {
    const { signal, dispose } = toAbortSignal(token);
    try {
      const found: (Result | undefined)[] = [];
      for (const { uri, secrets } of files) {
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

interface Result {
  readonly uri: vscode.Uri;
  readonly search: HistorySearch;
  readonly secrets: readonly Searched[];
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
  services.history.set(formatHistoryReport(secrets, extent));
  if (results.length < searches.length) {
    void notify.error(
      'The history was not searched everywhere: git gave no answer, as outside of a repository.',
    );
  }
  if (results.length > 0 || searches.length === 0) {
    void offer(services, secrets, extent.isComplete);
  }
}

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
    await history.show();
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
    return `None of the secrets that stand in a configuration now was found in its git history.${end}`;
  }
  const what = count === 1 ? 'One secret is' : `${count} secrets are`;
  return `${what} in the git history. What was committed has to be replaced at its provider.${end}`;
}

function secretsOf({ config, label }: ConfigFile): readonly Searched[] {
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
