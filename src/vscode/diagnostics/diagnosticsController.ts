import * as vscode from 'vscode';
import type { ServerStore } from '../../core/servers/serverStore';
import { toDiagnostics } from '../convert';

/** Shows each file's findings as squiggles and in Problems, and takes them away with the file. */
export function registerDiagnostics(store: ServerStore): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('mcp-auth');
  const show = (id: string) => {
    const file = store.file(id);
    const uri = vscode.Uri.parse(id, true);
    if (file === undefined) {
      collection.delete(uri);
    } else {
      collection.set(uri, toDiagnostics(file.config.text, file.findings));
    }
  };
  return vscode.Disposable.from(collection, store.onDidChange(show));
}
