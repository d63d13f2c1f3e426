import * as vscode from 'vscode';
import { configDocumentSelector } from '../config/configFiles';
import type { ConfigDocuments } from '../config/configDocuments';
import { toTextEdits } from '../convert';
import { fixDocument } from './fixDocument';

/** What `editor.codeActionsOnSave` names: `source.fixAll.mcpAuth`, or all of `source.fixAll`. */
const fixAllKind = vscode.CodeActionKind.SourceFixAll.append('mcpAuth');

/** Every safe fix at once, on saving or from the menu of source actions. */
export function registerFixAll(documents: ConfigDocuments): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions(document, _range, { only }) {
      if (only === undefined || !only.contains(fixAllKind)) {
        return [];
      }
      const edits = fixDocument(documents, document)?.edits ?? [];
      if (edits.length === 0) {
        return [];
      }
      const action = new vscode.CodeAction('Make all safe fixes (MCP Auth)', fixAllKind);
      action.edit = new vscode.WorkspaceEdit();
      action.edit.set(document.uri, toTextEdits(document, edits));
      return [action];
    },
  };
  return vscode.languages.registerCodeActionsProvider(configDocumentSelector, provider, {
    providedCodeActionKinds: [fixAllKind],
  });
}
