import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../src/extension';

/** The extension, activated, when everything it reads on opening is shown. */
export async function activateExtension(): Promise<ExtensionApi> {
  const extension = vscode.extensions.getExtension<ExtensionApi>('mcp-auth-setup.mcp-auth-setup');
  assert.ok(extension);
  const api = await extension.activate();
  await api.whenIdle();
  return api;
}

/** A file of the first workspace folder. */
export function inWorkspace(...path: readonly string[]): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return vscode.Uri.joinPath(folder.uri, ...path);
}

export async function writeText(uri: vscode.Uri, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
}

export async function readText(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

/** The rules of our findings at `uri`, in the order of the text. */
export function rulesAt(uri: vscode.Uri): readonly string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === 'mcp-auth')
    .map(({ code }) => (typeof code === 'object' ? String(code.value) : String(code)));
}

/** Settles when the rules found at `uri` are `expected`, now or after a change. */
export async function waitForRules(uri: vscode.Uri, expected: readonly string[]): Promise<void> {
  const matches = () => JSON.stringify(rulesAt(uri)) === JSON.stringify(expected);
  if (matches()) {
    return;
  }
  await new Promise<void>((resolve, reject) => {
    const limit = setTimeout(() => {
      subscription.dispose();
      reject(
        new assert.AssertionError({
          message: 'the findings never came',
          actual: rulesAt(uri),
          expected,
        }),
      );
    }, 20_000);
    const subscription = vscode.languages.onDidChangeDiagnostics(() => {
      if (matches()) {
        clearTimeout(limit);
        subscription.dispose();
        resolve();
      }
    });
  });
}

/** The fixes in the lightbulb at the first finding of `rule`: titles with their actions. */
export async function lightbulbAt(
  uri: vscode.Uri,
  rule: string,
): Promise<ReadonlyMap<string, vscode.CodeAction>> {
  const actions = await openLightbulb(uri, rule);
  const fixes = actions.filter(({ kind }) => kind?.value === vscode.CodeActionKind.QuickFix.value);
  return new Map(fixes.map((action) => [action.title, action]));
}

/** Everything in the lightbulb at the first finding of `rule`, in the order of its menu. */
export async function openLightbulb(
  uri: vscode.Uri,
  rule: string,
): Promise<readonly vscode.CodeAction[]> {
  const diagnostic = vscode.languages
    .getDiagnostics(uri)
    .find(({ code }) => typeof code === 'object' && code.value === rule);
  assert.ok(diagnostic, `there is no ${rule}`);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    diagnostic.range,
  );
  // The editor hands out actions without the diagnostics they are for.
  return actions.filter(({ kind }) => kind && vscode.CodeActionKind.QuickFix.contains(kind));
}

/** Our lenses at `uri` as `line: title → command`, lines counted from 1. */
export async function lensesAt(uri: vscode.Uri): Promise<readonly string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    uri,
  );
  return lenses.flatMap(({ range, command }) => {
    // Without a command is what another provider has not resolved.
    const isOurs = command?.command === '' || command?.command.startsWith('mcpAuth.') === true;
    const does = command?.command ? ` → ${command.command}` : '';
    return isOurs ? [`${range.start.line + 1}: ${command?.title}${does}`] : [];
  });
}

/** Takes an action as the editor does: its edit, then its command. */
export async function take(action: vscode.CodeAction | undefined): Promise<void> {
  assert.ok(action);
  if (action.edit !== undefined) {
    assert.ok(await vscode.workspace.applyEdit(action.edit));
  }
  if (action.command !== undefined) {
    await vscode.commands.executeCommand(
      action.command.command,
      ...(action.command.arguments ?? []),
    );
  }
}

/** Opens `uri` in an editor that has the focus. */
export async function open(uri: vscode.Uri): Promise<vscode.TextDocument> {
  // Not by showTextDocument, which keeps the document for minutes after its editor is closed.
  await vscode.commands.executeCommand('vscode.open', uri);
  const { document } = vscode.window.activeTextEditor ?? assert.fail('no editor is open');
  assert.equal(document.uri.toString(), uri.toString());
  return document;
}

/** Puts `text` in the place of the whole document, as typing would. */
export async function replaceAll(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const end = document.positionAt(document.getText().length);
  edit.replace(document.uri, new vscode.Range(new vscode.Position(0, 0), end), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

/** Closes every editor; what is not saved is given up. */
export async function closeAll(): Promise<void> {
  while (vscode.window.activeTextEditor !== undefined) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
}

/** Takes the first of every list that opens, until it is done. */
export async function acceptUntil(isDone: () => boolean | PromiseLike<boolean>): Promise<void> {
  while (!(await isDone())) {
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  }
}
