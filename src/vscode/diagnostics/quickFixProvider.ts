import * as vscode from 'vscode';
import type { Finding, Fix } from '../../core/diagnostics/rule';
import { configDocumentSelector } from '../config/configFiles';
import type { ConfigDocuments } from '../config/configDocuments';
import { toDiagnostic, toRange } from '../convert';
import { destinationsFor } from '../secrets/destinations';
import type { MoveSecretArguments } from '../secrets/moveSecret';

/** The lightbulb: every fix of every finding under the cursor. */
export function registerQuickFixes(documents: ConfigDocuments): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions(document, range) {
      const file = documents.current(document);
      if (file === undefined || file.config.place.isReadOnly) {
        return [];
      }
      return file.findings
        .filter((finding) => toRange(document, finding.range).intersection(range))
        .flatMap((finding) => actionsFor(document, finding));
    },
  };
  return vscode.languages.registerCodeActionsProvider(configDocumentSelector, provider, {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
  });
}

function actionsFor(document: vscode.TextDocument, finding: Finding): vscode.CodeAction[] {
  const diagnostic = toDiagnostic(document, finding);
  return (finding.fixes?.() ?? []).flatMap((fix, index) => {
    const actions = fix.secret
      ? moveActions(document, fix, fix.secret)
      : [editAction(document, fix, index === 0)];
    for (const action of actions) {
      action.diagnostics = [diagnostic];
    }
    return actions;
  });
}

function editAction(document: vscode.TextDocument, fix: Fix, isFirst: boolean): vscode.CodeAction {
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.set(
    document.uri,
    fix.edits.map(({ range, newText }) => new vscode.TextEdit(toRange(document, range), newText)),
  );
  action.isPreferred = isFirst;
  return action;
}

/** A value that leaves the file goes somewhere first: one action for each place it can go. */
function moveActions(
  document: vscode.TextDocument,
  { edits }: Fix,
  { range, variable }: NonNullable<Fix['secret']>,
): vscode.CodeAction[] {
  return destinationsFor(document.uri).map(({ id, actionTitle }, index) => {
    const title = actionTitle(variable);
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    const argument: MoveSecretArguments = {
      uri: document.uri.toString(),
      version: document.version,
      edits,
      secret: range,
      variable,
      destination: id,
    };
    action.command = { title, command: 'mcpAuth.secret.move', arguments: [argument] };
    action.isPreferred = index === 0;
    return action;
  });
}
