import * as vscode from 'vscode';
import { rangeEnd } from '../../core/base/range';
import { rangeInString } from '../../core/config/json';
import type { McpConfig } from '../../core/config/mcpConfig';
import { secretsIn } from '../../core/secrets/secretsIn';
import type { Services } from '../services';
import { toAbortSignal } from '../ui/cancellation';
import { notify } from '../ui/notifications';

/** Looks for the credentials of every configuration in the git history of its file. */
export async function searchHistory({ store, files, machine }: Services): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    void notify.error('Searching the history needs a trusted workspace.');
    return;
  }
  const configs = store
    .allFiles()
    .map(({ id, config }) => ({ uri: vscode.Uri.parse(id, true), texts: secretTexts(config) }))
    .filter(({ uri, texts }) => uri.scheme === 'file' && texts.length > 0);
  const options: vscode.ProgressOptions = {
    location: vscode.ProgressLocation.Notification,
    title: 'Looking for secrets in the git history',
    cancellable: true,
  };
  const counts = await vscode.window.withProgress(options, async (_, token) => {
    const { signal, dispose } = toAbortSignal(token);
    try {
      const searches = configs.map(async ({ uri, texts }) => {
        const found = await machine.findInHistory(uri.fsPath, texts, signal);
        if (found !== undefined) {
          files.setCommitted(uri, found);
        }
        return found?.size;
      });
      const sizes = await Promise.all(searches);
      return signal.aborted ? undefined : sizes;
    } finally {
      dispose();
    }
  });
  if (counts === undefined) {
    return;
  }
  const known = counts.filter((count) => count !== undefined);
  if (known.length < counts.length) {
    void notify.error(
      'The history was not searched everywhere: git gave no answer, as outside of a repository.',
    );
    return;
  }
  const count = known.reduce((sum, next) => sum + next, 0);
  void notify.info(describe(count));
}

function describe(count: number): string {
  if (count === 0) {
    return 'None of the secrets that stand in a configuration now is in its git history.';
  }
  const what = count === 1 ? 'One secret is' : `${count} secrets are`;
  return `${what} in the git history. See Problems: what was committed has to be replaced at its provider.`;
}

/** The credentials as they are written: so they stand in earlier versions too. */
function secretTexts(config: McpConfig): readonly string[] {
  const texts = secretsIn(config).flatMap(({ leaf, secrets }) =>
    secrets.map(({ start, end }) => {
      const range = rangeInString(config.text, leaf, start, end);
      return config.text.slice(range.offset, rangeEnd(range));
    }),
  );
  return [...new Set(texts)];
}
