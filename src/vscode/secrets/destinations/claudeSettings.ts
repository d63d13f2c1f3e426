import * as vscode from 'vscode';
import { isBlankedName } from '../../../core/config/dialects/blankedNames';
import { envOfSettings, setInSettings } from '../../../core/variables/setInSettings';
import type { Services } from '../../services';
import { UserFacingError } from '../../ui/errorBoundary';
import { chooseName } from '../chooseName';
import type { Destination, Kept, NamedValue } from '../destination';
import { assertSaved, assertStill, readForChange, reasonOf } from '../keepInFile';

/** The `env` of the user's own settings, which Claude Code adds to its environment by itself. */
export const claudeSettings: Destination = {
  id: 'claudeSettings',
  label: 'Claude Code settings',
  readers:
    'Every program of yours, in clear text. Claude Code finds it in every project, however it is started.',
  actionTitle: (variable) => `Move to \${${variable}} and keep the value in Claude Code settings`,
  isAvailable: ({ scheme }) => vscode.workspace.isTrusted && scheme === 'file',
  keep,
};

async function keep(
  values: readonly NamedValue[],
  _config: vscode.Uri,
  { machine: { claudeFolder, files }, variables }: Services,
  assertUnchanged: () => void,
): Promise<Kept | undefined> {
  const uri = vscode.Uri.joinPath(vscode.Uri.file(claudeFolder), 'settings.json');
  const path = uri.fsPath;
  assertSaved(uri);
  if ((await files.gitStatus(path)) === 'tracked') {
    throw new UserFacingError(
      `${path} is tracked by git, so the value would be committed. Choose another place for it.`,
    );
  }
  const before = await readForChange(files, uri);
  const names = new Map<string, string>();
  let text = before;
  for (const { variable: wanted, value, avoid, isNameFixed } of values) {
    const env = envOfSettings(text);
    const variable = await chooseName({
      place: 'settings.json',
      wanted,
      value,
      avoid,
      isNameFixed,
      existing: Object.hasOwn(env, wanted) ? String(env[wanted]) : undefined,
      isTaken: (name) => Object.hasOwn(env, name),
    });
    if (variable === undefined) {
      return undefined;
    }
    if (isBlankedName(variable) || /^(?:ANTHROPIC|CLAUDE)_/.test(variable)) {
      throw new UserFacingError(
        `Claude Code uses a variable ${variable} itself or leaves it empty, so it does not belong in its settings. Choose another place for the value.`,
      );
    }
    const edit = setInSettings(text, variable, value);
    if (edit.kind === 'refused') {
      throw new UserFacingError(
        `The value cannot go to ${path} because ${edit.reason}. Correct the file, or choose another place. Nothing was moved.`,
      );
    }
    names.set(wanted, variable);
    text = edit.text;
  }
  assertUnchanged();
  await assertStill(files, uri, before);
  const result = await files.replace(path, text);
  switch (result.kind) {
    case 'unchanged':
      throw new UserFacingError(
        `${path} could not be written: ${reasonOf(result.error)}. It is as it was, and nothing was moved.`,
      );
    case 'backup':
      throw new UserFacingError(
        `${path} could not be written: ${reasonOf(result.error)}. What it had before is in ${result.path}. Nothing was moved.`,
      );
    case 'replaced':
      break;
  }
  await variables.refresh();
  const kept = [...names.values()];
  return {
    names,
    message: `${kept.length === 1 ? 'The value is' : 'The values are'} in ${path} as ${kept.join(', ')}, in clear text. Claude Code reads it there the next time it starts.`,
  };
}
