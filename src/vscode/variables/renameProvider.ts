import * as vscode from 'vscode';
import { fixedNameProblem, renameProblem } from '../../core/variables/renameProblem';
import type { ConfigFile } from '../../core/servers/serverStore';
import type { VariableSource } from '../../core/variables/environment';
import type { Occurrence } from '../../core/variables/occurrence';
import { labelOf } from '../config/configFiles';
import { toRange } from '../convert';
import { notify } from '../ui/notifications';
import type { FoundOccurrence, VariableDocuments, VariableFile } from './variableDocuments';
import { foldersOf } from './variablePlaces';
import type { WorkspaceVariables } from './workspaceVariables';

/** One edit over every file of the workspace that names the variable. */
export function createRenameProvider(
  documents: VariableDocuments,
  variables: WorkspaceVariables,
): vscode.RenameProvider {
  const find = (document: vscode.TextDocument, position: vscode.Position) =>
    vscode.workspace.isTrusted ? documents.find(document, position) : undefined;
  return {
    prepareRename(document, position) {
      const found = find(document, position);
      if (!vscode.workspace.isTrusted) {
        throw new Error(
          'Variables are renamed in all files at once, which needs a trusted workspace.',
        );
      }
      if (found === undefined) {
        throw new Error('There is no variable of an MCP configuration to rename here.');
      }
      refuse(problemAt(documents, found));
      return { range: found.range, placeholder: found.occurrence.name };
    },
    async provideRenameEdits(document, position, newName) {
      const found = find(document, position);
      if (found === undefined) {
        return undefined;
      }
      refuse(problemAt(documents, found));
      const { name } = found.occurrence;
      const { files, leftOut } = await documents.all();
      const owners = documents.referring(name, document.uri);
      const environments = owners.map(({ id }) =>
        variables.environmentFor(vscode.Uri.parse(id, true)),
      );
      const holdersOf = (wanted: string) =>
        environments.flatMap((environment) => environment.holders?.(wanted) ?? []);
      const named = files.flatMap((file) => namesIn(file, name).map((it) => ({ file, ...it })));
      refuse(
        renameProblem(name, newName, {
          uses: named.map(({ use }) => use),
          takenBy: whereTaken(files, name, newName) ?? holdersOf(newName)[0]?.source.label,
          helperPlaces: named.flatMap(({ file, use }) =>
            use.kind === 'helper' ? documents.helperPlaces(file) : [],
          ),
        }),
      );
      const outside = holdersOf(name)
        .filter(({ source }) => isKeptOutside(source))
        .map(({ source }) => source.label);
      if (leftOut > 0) {
        void notify.info(leftOutMessage(leftOut, name));
      }
      const near = nearFolders(found.file, owners);
      return toEdit(found.file, files, near, name, newName, [...new Set(outside)]);
    },
  };
}

function refuse(problem: string | undefined): void {
  if (problem !== undefined) {
    throw new Error(problem);
  }
}

function problemAt(
  documents: VariableDocuments,
  { file, occurrence }: FoundOccurrence,
): string | undefined {
  const { name } = occurrence;
  if (file.kind === 'userSettings') {
    return `${name} is renamed from a file of the workspace that refers to it: settings of yours apply to other projects as well.`;
  }
  if (file.kind !== 'script' && documents.referring(name, file.uri).length === 0) {
    return `No MCP configuration of this workspace refers to ${name}, so other programs read it. It is not renamed from here.`;
  }
  return fixedNameProblem(name);
}

function namesIn({ occurrences }: VariableFile, name: string): readonly Occurrence[] {
  return occurrences.filter((it) => it.name === name);
}

/** A file that knows the new name; in a script it may be a variable of its own. */
function whereTaken(
  files: readonly VariableFile[],
  oldName: string,
  newName: string,
): string | undefined {
  const file = files.find((it) =>
    namesIn(it, oldName).some(({ use }) => use.kind === 'helper')
      ? new Set(it.text.match(/[A-Za-z_]\w*/g)).has(newName)
      : it.kind !== 'prose' && namesIn(it, newName).length > 0,
  );
  return file && labelOf(file.uri);
}

/** Files of the workspace are edited; of what is elsewhere a person is told. */
function isKeptOutside({ id, reach }: VariableSource): boolean {
  return reach !== 'sessions' && id !== 'dotEnv' && id !== 'dotEnvLocal';
}

function leftOutMessage(count: number, name: string): string {
  const what = count === 1 ? '1 file was' : `${count} files were`;
  return `${what} not looked at for ${name}: too large, not readable, or beyond the first 500. Search the workspace for ${name} after the rename.`;
}

type Edit = [vscode.TextEdit, vscode.WorkspaceEditEntryMetadata | undefined];

function toEdit(
  origin: VariableFile,
  files: readonly VariableFile[],
  near: ReadonlySet<string>,
  name: string,
  newName: string,
  outside: readonly string[],
): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const file of files) {
    const isOurs =
      vscode.workspace.getWorkspaceFolder(file.uri) !== undefined ||
      file.uri.toString() === origin.uri.toString();
    const isElsewhere = isKeptInFolder(file) && !near.has(folderOf(file).toString());
    const edits = namesIn(file, name).map(({ range, use, isShorthand }): Edit => {
      const newText = isShorthand ? `${newName}: ${name}` : newName;
      const isProse = file.kind === 'prose' && use.kind === 'mention';
      return [
        new vscode.TextEdit(toRange(file.map, range), newText),
        isProse
          ? prose
          : isElsewhere
            ? elsewhere(name)
            : outside.length > 0
              ? keptOutside(name, newName, outside)
              : undefined,
      ];
    });
    if (isOurs && edits.length > 0) {
      edit.set(file.uri, edits);
    }
  }
  return edit;
}

/** Where files belong to the rename: beside the file in which it began, and beside configurations. */
function nearFolders(origin: VariableFile, owners: readonly ConfigFile[]): ReadonlySet<string> {
  const uris = [origin.uri, ...owners.map(({ id }) => vscode.Uri.parse(id, true))];
  const folders = [folderOf(origin), ...uris.flatMap((uri) => foldersOf(uri))];
  return new Set(folders.map((folder) => folder.toString()));
}

/** A file that programs started in its folder read, whoever they are. */
function isKeptInFolder({ kind }: VariableFile): boolean {
  return kind === 'dotEnv' || kind === 'example' || kind === 'settings';
}

/** The folder that the file is for; settings are in one of their own. */
function folderOf({ kind, uri }: VariableFile): vscode.Uri {
  return vscode.Uri.joinPath(uri, ...(kind === 'settings' ? ['..', '..'] : ['..']));
}

function elsewhere(name: string): vscode.WorkspaceEditEntryMetadata {
  return {
    needsConfirmation: true,
    label: 'Other folders',
    description: `No MCP configuration there refers to ${name}: another program may read it`,
  };
}

const prose: vscode.WorkspaceEditEntryMetadata = {
  needsConfirmation: true,
  label: 'Mentions in text',
  description: 'Where a README speaks of the variable',
};

function keptOutside(
  name: string,
  newName: string,
  outside: readonly string[],
): vscode.WorkspaceEditEntryMetadata {
  return {
    needsConfirmation: true,
    label: `${name} is also set in ${outside.join(' and ')}`,
    description: `That is not changed: set ${newName} there as well`,
  };
}
