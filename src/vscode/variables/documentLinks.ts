import * as vscode from 'vscode';
import { fileLinksIn } from '../../core/diagnostics/fileLinks';
import { toRange } from '../convert';
import { fileAt } from '../helperScripts/workspaceFiles';
import type { VariableDocuments } from './variableDocuments';

/** Scripts, certificates and keys that a configuration names open with a click, where they are in the workspace. */
export function createDocumentLinkProvider(
  documents: VariableDocuments,
): vscode.DocumentLinkProvider {
  return {
    async provideDocumentLinks(document) {
      const file = vscode.workspace.isTrusted ? await documents.whenRead(document) : undefined;
      const links = file === undefined ? [] : fileLinksIn(file.config);
      const found = await Promise.all(
        links.map(async ({ range, path }) => {
          const uri = fileAt(document.uri, path);
          return (await isFileInWorkspace(uri))
            ? [new vscode.DocumentLink(toRange(document, range), uri)]
            : [];
        }),
      );
      return found.flat();
    },
  };
}

async function isFileInWorkspace(uri: vscode.Uri): Promise<boolean> {
  if (vscode.workspace.getWorkspaceFolder(uri) === undefined) {
    return false;
  }
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  } catch {
    // Not there: a rule says so where that matters.
    return false;
  }
}
