import * as vscode from 'vscode';
import { allRules } from '../core/diagnostics/rules/allRules';

/** Where the pages stand: beside the rules, and shipped from there. */
const rulesFolder = ['src', 'core', 'diagnostics', 'rules'];

/** Opens the page of a rule; asks for one where none is named. */
export async function explainRule(extensionUri: vscode.Uri, rule: unknown): Promise<void> {
  const ids = allRules.map(({ id }) => id);
  const id =
    ids.find((known) => known === rule) ??
    (await vscode.window.showQuickPick(ids, { placeHolder: 'Which problem?' }));
  if (id !== undefined) {
    const page = vscode.Uri.joinPath(extensionUri, ...rulesFolder, id, 'rule.md');
    await vscode.commands.executeCommand('markdown.showPreview', page);
  }
}
