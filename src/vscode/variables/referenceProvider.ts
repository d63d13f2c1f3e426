import * as vscode from 'vscode';
import { toRange } from '../convert';
import type { VariableDocuments } from './variableDocuments';

/** Every place of the workspace that names a variable. */
export function createReferenceProvider(documents: VariableDocuments): vscode.ReferenceProvider {
  return {
    async provideReferences(document, position, { includeDeclaration }) {
      const found = vscode.workspace.isTrusted ? documents.find(document, position) : undefined;
      if (found === undefined) {
        return undefined;
      }
      const { name } = found.occurrence;
      const { files } = await documents.all();
      return files.flatMap(({ uri, map, occurrences }) =>
        occurrences
          .filter((it) => it.name === name)
          .filter(({ use }) => includeDeclaration || use.kind !== 'definition')
          .map(({ range }) => new vscode.Location(uri, toRange(map, range))),
      );
    },
  };
}
