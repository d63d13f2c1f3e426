import * as vscode from 'vscode';
import { findScriptFindings } from '../../core/diagnostics/findScriptFindings';
import type { Finding } from '../../core/diagnostics/rule';
import { affectsRules, readRuleSettings } from '../config/ruleSettings';
import { toDiagnostic, toDiagnostics, toRange, toTextEdits } from '../convert';
import { acceptActions } from '../diagnostics/furtherActions';
import type { WorkspaceFiles } from './workspaceFiles';

/** Shows what is wrong in the scripts that helpers run: as they are typed, else as they are saved. */
export function registerHelperScripts(files: WorkspaceFiles): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('mcp-auth-helpers');
  let scripts: ReadonlyMap<string, string> = new Map();
  const show = (id: string) => {
    const uri = vscode.Uri.parse(id, true);
    const text = textOf(uri) ?? scripts.get(id) ?? '';
    collection.set(uri, toDiagnostics(text, findIn(uri, text)));
  };
  const showIfHelper = ({ uri }: vscode.TextDocument) => {
    if (scripts.has(uri.toString())) {
      show(uri.toString());
    }
  };
  const showAll = () => {
    const before = scripts;
    scripts = files.helperScripts();
    for (const id of before.keys()) {
      if (!scripts.has(id)) {
        collection.delete(vscode.Uri.parse(id, true));
      }
    }
    for (const id of scripts.keys()) {
      show(id);
    }
  };
  const { workspace } = vscode;
  return vscode.Disposable.from(
    collection,
    files.onDidChange(showAll),
    workspace.onDidChangeTextDocument(({ document }) => showIfHelper(document)),
    workspace.onDidOpenTextDocument(showIfHelper),
    workspace.onDidCloseTextDocument(showIfHelper),
    workspace.onDidChangeConfiguration((event) => {
      if (affectsRules(event)) {
        showAll();
      }
    }),
    vscode.languages.registerCodeActionsProvider(
      { scheme: 'file' },
      {
        provideCodeActions: (document, range) =>
          scripts.has(document.uri.toString()) ? actionsAt(document, range) : [],
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
}

/** A document that was closed is still in the list while its closing is told. */
function textOf(uri: vscode.Uri): string | undefined {
  const isSame = (document: vscode.TextDocument) => document.uri.toString() === uri.toString();
  const open = vscode.workspace.textDocuments.find(isSame);
  return open?.isClosed === false ? open.getText() : undefined;
}

function findIn(uri: vscode.Uri, text: string): readonly Finding[] {
  return findScriptFindings(text, { fileName: uri.path, ...readRuleSettings(uri) });
}

function actionsAt(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
  const findings = findIn(document.uri, document.getText()).filter((finding) =>
    toRange(document, finding.range).intersection(range),
  );
  const diagnostics = findings.map((finding) => toDiagnostic(document, finding));
  const further = acceptActions(document, findings);
  for (const action of further) {
    action.diagnostics = diagnostics;
  }
  return [...findings.flatMap((finding) => fixesOf(document, finding)), ...further];
}

function fixesOf(document: vscode.TextDocument, finding: Finding): vscode.CodeAction[] {
  return (finding.fixes?.() ?? []).map(({ title, edits }, index) => {
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.edit = new vscode.WorkspaceEdit();
    action.edit.set(document.uri, toTextEdits(document, edits));
    action.diagnostics = [toDiagnostic(document, finding)];
    action.isPreferred = index === 0;
    return action;
  });
}
