import * as vscode from 'vscode';
import type { McpConfig } from '../../core/config/mcpConfig';
import type { Finding, Fix } from '../../core/diagnostics/rule';
import type { ConfigFile } from '../../core/servers/serverStore';
import { configDocumentSelector } from '../config/configFiles';
import type { ConfigDocuments } from '../config/configDocuments';
import { toDiagnostic, toRange, toTextEdits } from '../convert';
import { destinationsFor } from '../secrets/destinations';
import type { MoveSecretArguments } from '../secrets/moveSecret';
import { acceptActions, fixAllActions, moveAllActions } from './furtherActions';

/** The lightbulb: every fix of every finding under the cursor, then what else can be done. */
export function registerQuickFixes(documents: ConfigDocuments): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions(document, range) {
      const file = documents.current(document);
      const findings = (file?.findings ?? []).filter((finding) =>
        toRange(document, finding.range).intersection(range),
      );
      return file === undefined || findings.length === 0
        ? []
        : actionsFor(document, file, findings);
    },
  };
  return vscode.languages.registerCodeActionsProvider(configDocumentSelector, provider, {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
  });
}

function actionsFor(
  document: vscode.TextDocument,
  file: ConfigFile,
  findings: readonly Finding[],
): vscode.CodeAction[] {
  const isEditable = !file.config.place.isReadOnly;
  const fixes = isEditable
    ? findings.flatMap((finding) => fixesOf(document, file.config, finding))
    : [];
  const further = [
    ...(isEditable && vscode.workspace.isTrusted ? moveAllActions(document, file, findings) : []),
    ...(isEditable ? fixAllActions(document, file, findings) : []),
    ...acceptActions(document, findings),
  ];
  // Those without a problem would come last, whatever their order here.
  const diagnostics = findings.map((finding) => toDiagnostic(document, finding));
  for (const action of further) {
    action.diagnostics = diagnostics;
  }
  return [...fixes, ...further];
}

function fixesOf(
  document: vscode.TextDocument,
  config: McpConfig,
  finding: Finding,
): vscode.CodeAction[] {
  const diagnostic = toDiagnostic(document, finding);
  return (finding.fixes?.() ?? []).flatMap((fix, index) => {
    const moves = fix.secret ? moveActions(document, config, fix, fix.secret) : [];
    const actions = moves.length > 0 ? moves : [editAction(document, asEdit(fix), index === 0)];
    for (const action of actions) {
      action.diagnostics = [diagnostic];
    }
    return actions;
  });
}

/** Where nothing can be kept the reference takes the value's place; undo brings the value back. */
function asEdit(fix: Fix): Fix {
  return fix.secret ? { ...fix, title: `Replace it by \${${fix.secret.variable}}` } : fix;
}

/** What changes more than the form is previewed, and never done by itself. */
function editAction(document: vscode.TextDocument, fix: Fix, isFirst: boolean): vscode.CodeAction {
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  const metadata = fix.isSafe ? undefined : { needsConfirmation: true, label: fix.title };
  action.edit = new vscode.WorkspaceEdit();
  action.edit.set(
    document.uri,
    toTextEdits(document, fix.edits).map((edit): [vscode.TextEdit, typeof metadata] => [
      edit,
      metadata,
    ]),
  );
  action.isPreferred = isFirst && fix.isSafe;
  return action;
}

/** A value that leaves the file goes somewhere first: one action for each place it can go. */
function moveActions(
  document: vscode.TextDocument,
  config: McpConfig,
  fix: Fix,
  { range, variable }: NonNullable<Fix['secret']>,
): vscode.CodeAction[] {
  return destinationsFor(document.uri).flatMap((destination, index) => {
    const title = destination.actionTitle(variable);
    const edits = destination.rewrite ? destination.rewrite(config, fix) : fix.edits;
    if (edits === undefined) {
      return [];
    }
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    const argument: MoveSecretArguments = {
      uri: document.uri.toString(),
      version: document.version,
      moves: [{ edits, secret: range, variable, destination: destination.id }],
    };
    action.command = { title, command: 'mcpAuth.secret.move', arguments: [argument] };
    action.isPreferred = index === 0;
    return action;
  });
}
