import * as vscode from 'vscode';
import { toRange } from '../convert';
import type { VariableDocuments, VariableFile } from './variableDocuments';

/** The lines that give a variable its value, the one that counts first. */
export function createDefinitionProvider(
  documents: VariableDocuments,
  claudeFolder: vscode.Uri,
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
      const settings = vscode.Uri.joinPath(claudeFolder, 'settings.json');
      const files = [
        await documents.open(settings),
        ...(await Promise.all(origins.map((uri) => definingFiles(documents, uri)))).flat(),
      ];
      return distinct(files).flatMap((file) => definitionsIn(file, name, found.range));
    },
  };
}

/** In the order in which they count for the configuration at `uri`; examples last. */
async function definingFiles(
  documents: VariableDocuments,
  uri: vscode.Uri,
): Promise<readonly (VariableFile | undefined)[]> {
  const root = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  if (root === undefined) {
    return [];
  }
  const folders = [vscode.Uri.joinPath(uri, '..'), root];
  const found = await Promise.all(
    folders.map((folder) =>
      vscode.workspace.findFiles(new vscode.RelativePattern(folder, '.env*'), null, 50),
    ),
  );
  const others = found.flat().sort((a, b) => (a.path < b.path ? -1 : 1));
  const uris = [
    ...['settings.local.json', 'settings.json'].map((it) =>
      vscode.Uri.joinPath(root, '.claude', it),
    ),
    ...folders.flatMap((folder) =>
      ['.env.local', '.env'].map((it) => vscode.Uri.joinPath(folder, it)),
    ),
    ...others,
  ];
  const files = await Promise.all(uris.map((it) => documents.open(it)));
  const isExample = (file: VariableFile | undefined) => file?.kind === 'example';
  return [...files.filter((file) => !isExample(file)), ...files.filter(isExample)];
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
