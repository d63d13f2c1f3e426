import * as vscode from 'vscode';
import { formatDotEnvLine, parseDotEnv, setInDotEnv } from '../../../core/variables/dotEnv';
import type { PrivateFiles } from '../../../core/variables/privateFiles';
import type { Services } from '../../services';
import { UserFacingError } from '../../ui/errorBoundary';
import { chooseName } from '../chooseName';
import type { Destination, Kept, NamedValue } from '../destination';

/** A `.env` beside the configuration, which git is made to ignore before anything is in it. */
export const dotEnv: Destination = {
  id: 'dotEnv',
  label: '.env',
  readers: 'Who can read this folder. Claude Code does not: load it in the shell that starts it.',
  actionTitle: (variable) => `Move to \${${variable}} and keep the value in .env`,
  // A .env is written and git is asked about it: not in a workspace nobody has trusted.
  isAvailable: ({ scheme }) => vscode.workspace.isTrusted && scheme === 'file',
  keep,
};

async function keep(
  values: readonly NamedValue[],
  config: vscode.Uri,
  { machine: { files } }: Services,
  assertUnchanged: () => void,
): Promise<Kept | undefined> {
  const uri = vscode.Uri.joinPath(config, '..', '.env');
  const path = uri.fsPath;
  assertSaved(uri);
  assertSaved(vscode.Uri.joinPath(uri, '..', '.gitignore'));
  if ((await files.gitStatus(path)) === 'tracked') {
    throw new UserFacingError(
      '.env is tracked by git, so the value would be committed again. Run "git rm --cached .env" first, or copy the value instead.',
    );
  }
  let text = (await files.read(path)) ?? '';
  const names = new Map<string, string>();
  for (const { variable: wanted, value } of values) {
    const entries = new Map(parseDotEnv(text).map((entry) => [entry.name, entry.value]));
    const variable = await chooseName({
      place: '.env',
      wanted,
      value,
      existing: entries.get(wanted),
      isTaken: (name) => entries.has(name),
    });
    if (variable === undefined) {
      return undefined;
    }
    const line = formatDotEnvLine(variable, value);
    if (line === undefined) {
      throw new UserFacingError(
        'The value has a single quote or a line break, which programs read differently from .env. Copy the value instead.',
      );
    }
    names.set(wanted, variable);
    text = setInDotEnv(text, variable, line);
  }
  assertUnchanged();
  const isIgnoredNow = await ignore(files, uri);
  await files.write(path, text);
  const ignored = isIgnoredNow ? ' .gitignore now names it.' : '';
  const kept = [...names.values()].join(', ');
  return {
    names,
    message: `${names.size === 1 ? 'The value is' : 'The values are'} in .env as ${kept}.${ignored} Claude Code does not read .env: load it in the shell that starts Claude Code. If the value was ever committed, replace it at its provider.`,
  };
}

/** A file on disk is about to be written: what an editor has of it must not be lost. */
function assertSaved(uri: vscode.Uri): void {
  const isSame = (open: vscode.TextDocument) => open.uri.toString() === uri.toString();
  if (vscode.workspace.textDocuments.some((open) => open.isDirty && isSame(open))) {
    const name = uri.path.split('/').at(-1);
    throw new UserFacingError(
      `${name} has changes that are not saved. Save it, then move the value.`,
    );
  }
}

/** Makes git ignore the file where it would not; whether that took a line. */
async function ignore(files: PrivateFiles, uri: vscode.Uri): Promise<boolean> {
  const status = await files.gitStatus(uri.fsPath);
  const path = vscode.Uri.joinPath(uri, '..', '.gitignore').fsPath;
  const text = (await files.read(path)) ?? '';
  const isNamed = text.split(/\r?\n/).includes('.env');
  if (isNamed || (status !== 'not-ignored' && status !== 'unknown')) {
    return false;
  }
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const separator = text === '' || text.endsWith('\n') ? '' : eol;
  await files.write(path, `${text}${separator}.env${eol}`);
  return true;
}
