import * as vscode from 'vscode';
import { toRange } from '../convert';
import type { VariableDocuments, VariableFile } from './variableDocuments';
import { foldersOf, rootsOf } from './variablePlaces';
import type { WorkspaceVariables } from './workspaceVariables';

/** The lines that give a variable its value, the one that counts first. */
export function createDefinitionProvider(
  documents: VariableDocuments,
  variables: WorkspaceVariables,
): vscode.DefinitionProvider {
  return {
    async provideDefinition(document, position) {
      const found = vscode.workspace.isTrusted ? documents.find(document, position) : undefined;
      if (found === undefined) {
        return undefined;
      }
      const { name } = found.occurrence;
      const owners = documents.referring(name, document.uri);
      const origins = [document.uri, ...owners.map(({ id }) => vscode.Uri.parse(id, true))];
      const files = await Promise.all(
        origins.map(async (uri) => {
          const uris = [...variables.filesFor(uri), ...(await otherEnvFiles(uri))];
          const opened = await Promise.all(uris.map((it) => documents.open(it)));
          const isExample = (file: VariableFile | undefined) => file?.kind === 'example';
          return [...opened.filter((file) => !isExample(file)), ...opened.filter(isExample)];
        }),
      );
      return distinct(files.flat()).flatMap((file) => definitionsIn(file, name, found.range));
    },
  };
}

/** Whatever is called `.env…` beside the file at `uri` and in its workspace folder. */
async function otherEnvFiles(uri: vscode.Uri): Promise<readonly vscode.Uri[]> {
  const isInside = rootsOf(uri).length > 0;
  const found = await Promise.all(
    (isInside ? foldersOf(uri) : []).map((folder) =>
      vscode.workspace.findFiles(new vscode.RelativePattern(folder, '.env*'), null, 50),
    ),
  );
  return found.flat().sort((a, b) => (a.path < b.path ? -1 : 1));
}

function distinct(files: readonly (VariableFile | undefined)[]): readonly VariableFile[] {
  const byUri = new Map<string, VariableFile>();
  for (const file of files) {
    if (file !== undefined && !byUri.has(file.uri.toString())) {
      byUri.set(file.uri.toString(), file);
    }
  }
  return [...byUri.values()];
}

/** Of duplicates the last counts, so it comes first. */
function definitionsIn(
  { uri, map, occurrences }: VariableFile,
  name: string,
  originSelectionRange: vscode.Range,
): readonly vscode.LocationLink[] {
  return occurrences
    .filter((it) => it.name === name && it.use.kind === 'definition')
    .reverse()
    .map(({ range }) => ({
      originSelectionRange,
      targetUri: uri,
      targetRange: toRange(map, range),
    }));
}
