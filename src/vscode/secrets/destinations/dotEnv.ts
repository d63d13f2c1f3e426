import * as vscode from 'vscode';
import { shellOf, type Shell } from '../../../core/shell/shells';
import { parseDotEnv } from '../../../core/variables/dotEnv';
import { unlikeLineInShell } from '../../../core/variables/dotEnvInShell';
import type { DotEnvReader } from '../../../core/variables/dotEnvLine';
import { addToEnvExample } from '../../../core/variables/envExample';
import { neededVariables, type NeededVariable } from '../../../core/variables/neededVariables';
import type { PrivateFiles } from '../../../core/variables/privateFiles';
import { setInDotEnv } from '../../../core/variables/setInDotEnv';
import type { Services } from '../../services';
import { copyUnlessHeld } from '../../ui/briefClipboard';
import { UserFacingError } from '../../ui/errorBoundary';
import { chooseName } from '../chooseName';
import type { Destination, FollowUp, Kept, NamedValue } from '../destination';
import { assertInside, assertSaved, assertStill, readForChange, writeChange } from '../keepInFile';

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
  { machine: { files }, store, variables }: Services,
  assertUnchanged: () => void,
): Promise<Kept | undefined> {
  const uri = vscode.Uri.joinPath(config, '..', '.env');
  assertSaved(uri);
  assertSaved(vscode.Uri.joinPath(uri, '..', '.gitignore'));
  await assertInside(files, uri);
  if ((await files.gitStatus(uri.fsPath)) === 'tracked') {
    throw new UserFacingError(
      '.env is tracked by git, so the value would be committed again. Run "git rm --cached .env" first, or choose another place for the value.',
    );
  }
  const before = await readForChange(files, uri);
  const names = new Map<string, string>();
  let text = before;
  let readers: readonly DotEnvReader[] = [];
  for (const { variable: wanted, value, avoid, isNameFixed } of values) {
    const entries = new Map(parseDotEnv(text).map((entry) => [entry.name, entry.value]));
    const variable = await chooseName({
      place: '.env',
      wanted,
      value,
      avoid,
      isNameFixed,
      existing: entries.get(wanted),
      isTaken: (name) => entries.has(name),
    });
    if (variable === undefined) {
      return undefined;
    }
    const edit = setInDotEnv(text, variable, value);
    if (edit.kind === 'refused') {
      throw new UserFacingError(
        `The value of ${variable} cannot go to .env because ${edit.reason}. Choose another place for it.`,
      );
    }
    names.set(wanted, variable);
    readers =
      readers.length === 0 ? edit.readers : readers.filter((it) => edit.readers.includes(it));
    text = edit.text;
  }
  assertUnchanged();
  const isIgnoredNow = await ignore(files, uri);
  assertUnchanged();
  await assertStill(files, uri, before);
  await writeChange(files, uri, text);
  await variables.refresh();
  const kept = [...names.values()];
  const folder = vscode.Uri.joinPath(config, '..').fsPath;
  const parsed = store.file(config.toString())?.config;
  const needed = parsed === undefined ? [] : neededVariables(parsed, folder);
  const isNamedNow = await nameInExample(
    files,
    uri,
    kept.map(
      (name) => needed.find((it) => it.name === name) ?? { name, hasDefault: false, servers: [] },
    ),
  );
  const sentences = [
    `${kept.length === 1 ? 'The value is' : 'The values are'} in .env as ${kept.join(', ')}.`,
    isIgnoredNow ? '.gitignore now names it.' : '',
    isNamedNow ? '.env.example has the name.' : '',
    ...remarks(text, readers),
  ];
  return {
    names,
    message: sentences.filter((sentence) => sentence !== '').join(' '),
    followUps: followUps(uri, config, readers),
  };
}

function remarks(text: string, readers: readonly DotEnvReader[]): readonly string[] {
  const line = unlikeLineInShell(text);
  const how = canLoad(shellOf(vscode.env.shell), readers)
    ? 'load it in the shell that starts Claude Code'
    : '"Open Claude Code" hands its values over';
  return [
    `Claude Code does not read .env: ${how}.`,
    line === undefined
      ? ''
      : text.includes('\r')
        ? 'Its lines end as on Windows, and a shell would add a carriage return to each value.'
        : `A shell such as bash would run line ${line} of it or read it differently.`,
    readers.includes('docker') ? '' : 'Docker reads it differently with --env-file.',
  ];
}

function followUps(
  uri: vscode.Uri,
  config: vscode.Uri,
  readers: readonly DotEnvReader[],
): readonly FollowUp[] {
  const shell = shellOf(vscode.env.shell);
  const line = canLoad(shell, readers) ? shell?.loadDotEnv(uri.fsPath) : undefined;
  const copy = async (text: string) => {
    if (!(await copyUnlessHeld(text))) {
      return;
    }
    vscode.window.setStatusBarMessage(
      'Copied. Run it in the terminal that starts Claude Code.',
      8000,
    );
  };
  return [
    ...(line === undefined ? [] : [{ title: 'Copy Load Command', run: () => copy(line) }]),
    {
      title: 'Open Claude Code',
      run: () =>
        vscode.commands.executeCommand('mcpAuth.claude.openWithSecrets', {
          uri: config.toString(),
        }),
    },
  ];
}

/** What is loaded into PowerShell is taken apart there, and nothing of it is run. */
function canLoad(shell: Shell | undefined, readers: readonly DotEnvReader[]): boolean {
  return shell?.id === 'powershell' || readers.includes('sh');
}

/** Makes git ignore the file where it would not; whether that took a line. */
async function ignore(files: PrivateFiles, uri: vscode.Uri): Promise<boolean> {
  const status = await files.gitStatus(uri.fsPath);
  const ignoreFile = vscode.Uri.joinPath(uri, '..', '.gitignore');
  const text = await readForChange(files, ignoreFile);
  const isNamed = text.split(/\r?\n/).includes('.env');
  // Where git does not answer, the line alone can tell.
  if (status !== 'not-ignored' && (status !== 'unknown' || isNamed)) {
    return false;
  }
  await assertInside(files, ignoreFile);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const separator = text === '' || text.endsWith('\n') ? '' : eol;
  await writeChange(files, ignoreFile, `${text}${separator}.env${eol}`);
  if ((await files.gitStatus(uri.fsPath)) === 'not-ignored') {
    throw new UserFacingError(
      'git would not ignore .env even with a line in .gitignore, so the value could be committed. Correct the ignore files, or choose another place for it. Nothing was moved.',
    );
  }
  return true;
}

/**
 * Adds names to the `.env.example` that is there, without values: whether any was missing. The value
 * is kept by now, so what hinders this stays unsaid.
 */
async function nameInExample(
  files: PrivateFiles,
  dotEnvUri: vscode.Uri,
  variables: readonly NeededVariable[],
): Promise<boolean> {
  const uri = vscode.Uri.joinPath(dotEnvUri, '..', '.env.example');
  try {
    assertSaved(uri);
    await assertInside(files, uri);
    const before = await readForChange(files, uri);
    const text = addToEnvExample(before, variables);
    if (text === before || (await files.read(uri.fsPath)) === undefined) {
      return false;
    }
    await files.write(uri.fsPath, text);
    return true;
  } catch {
    return false;
  }
}
