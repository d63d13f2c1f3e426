import * as vscode from 'vscode';
import { rangeEnd, type OffsetRange, type TextEdit } from '../../core/base/range';
import { formatDotEnvLine, parseDotEnv, setInDotEnv } from '../../core/variables/dotEnv';
import type { PrivateFiles } from '../../core/variables/privateFiles';
import { toTextEdits } from '../convert';
import { UserFacingError } from '../ui/errorBoundary';
import type { DestinationId } from './destinations';

/** What the lightbulb hands to the command: where things stand, never the value itself. */
export interface MoveSecretArguments {
  readonly uri: string;
  /** Of the document for which the edits were computed. */
  readonly version: number;
  readonly edits: readonly TextEdit[];
  readonly secret: OffsetRange;
  readonly variable: string;
  readonly destination: DestinationId;
}

/** How long a copied value stays on the clipboard. */
const clipboardMs = 60_000;

/**
 * Keeps the value first, then changes the configuration: at no moment is it in neither place.
 * Undo in the configuration brings the literal back.
 */
export async function moveSecret(
  files: PrivateFiles,
  { uri, version, edits, secret, variable, destination }: MoveSecretArguments,
): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  const isUnchanged = () => document.version === version;
  const assertUnchanged = () => {
    if (!isUnchanged()) {
      throw new UserFacingError(
        'The file changed meanwhile, so nothing was moved. Open the lightbulb again.',
      );
    }
  };
  assertUnchanged();
  const value = decode(document.getText().slice(secret.offset, rangeEnd(secret)));
  const kept =
    destination === 'dotEnv'
      ? await keepInDotEnv(files, document.uri, variable, value, assertUnchanged)
      : await keepOnClipboard(variable, value);
  if (kept === undefined) {
    return;
  }
  if (!isUnchanged() || !(await replace(document, rename(edits, variable, kept.variable)))) {
    throw new UserFacingError(
      `The value is kept as ${kept.variable}, but the file changed meanwhile and still has it. Open the lightbulb again.`,
    );
  }
  await vscode.window.showInformationMessage(kept.message);
}

interface Kept {
  /** The name it has in the end: another one where the first was taken. */
  readonly variable: string;
  readonly message: string;
}

async function keepInDotEnv(
  files: PrivateFiles,
  config: vscode.Uri,
  wanted: string,
  value: string,
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
  const text = (await files.read(path)) ?? '';
  const variable = await chooseName(text, wanted, value);
  if (variable === undefined) {
    return undefined;
  }
  const line = formatDotEnvLine(variable, value);
  if (line === undefined) {
    throw new UserFacingError(
      'The value has a single quote or a line break, which programs read differently from .env. Copy the value instead.',
    );
  }
  assertUnchanged();
  const isIgnoredNow = await ignore(files, uri);
  await files.write(path, setInDotEnv(text, variable, line));
  const ignored = isIgnoredNow ? ' .gitignore now names it.' : '';
  return {
    variable,
    message: `The value is in .env as ${variable}.${ignored} Claude Code does not read .env: load it in the shell that starts Claude Code. If the value was ever committed, replace it at its provider.`,
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

/** The name under which the value is kept; asks before another value would be lost. */
async function chooseName(
  text: string,
  wanted: string,
  value: string,
): Promise<string | undefined> {
  const entries = new Map(parseDotEnv(text).map((entry) => [entry.name, entry.value]));
  const existing = entries.get(wanted);
  if (existing === undefined || existing === '' || existing === value) {
    return wanted;
  }
  let number = 2;
  while (entries.has(`${wanted}_${number}`)) {
    number++;
  }
  const other = `${wanted}_${number}`;
  const choice = await vscode.window.showWarningMessage(
    `.env already has another value for ${wanted}.`,
    { modal: true, detail: 'Replacing it loses the value that is there now.' },
    `Use ${other}`,
    'Replace',
  );
  return choice === 'Replace' ? wanted : choice && other;
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

async function keepOnClipboard(variable: string, value: string): Promise<Kept> {
  const { clipboard } = vscode.env;
  await clipboard.writeText(value);
  setTimeout(() => {
    void clipboard
      .readText()
      .then((text) => (text === value ? clipboard.writeText('') : undefined));
  }, clipboardMs);
  return {
    variable,
    message: `The value is on the clipboard for one minute. Set ${variable} to it where Claude Code starts. If it was ever committed, replace it at its provider.`,
  };
}

function replace(document: vscode.TextDocument, edits: readonly TextEdit[]): Thenable<boolean> {
  const edit = new vscode.WorkspaceEdit();
  edit.set(document.uri, toTextEdits(document, edits));
  return vscode.workspace.applyEdit(edit);
}

function rename(edits: readonly TextEdit[], from: string, to: string): readonly TextEdit[] {
  return edits.map((edit) => ({
    ...edit,
    newText: edit.newText.replaceAll(`\${${from}}`, () => `\${${to}}`),
  }));
}

/** The value that a stretch inside a JSON string stands for. */
function decode(source: string): string {
  const value: unknown = JSON.parse(`"${source}"`);
  return String(value);
}
