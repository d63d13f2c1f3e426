import * as vscode from 'vscode';
import type { FixedText } from '../../core/diagnostics/fixAll';
import { labelOf } from '../config/configFiles';
import { toTextEdits } from '../convert';
import { fixDocument } from '../diagnostics/fixDocument';
import type { Services } from '../services';
import { UserFacingError } from '../ui/errorBoundary';
import { notify } from '../ui/notifications';

/** What the lightbulb hands to the command; without it, the editor that has the focus counts. */
export interface FixAllArguments {
  readonly uri: string;
  /** Of this rule only. */
  readonly rule?: string;
}

/** How long the status bar says what was done. */
const statusMs = 8000;

/** Applies every safe fix of one file, in one step that undo takes back. */
export async function fixAllInFile({ documents }: Services, target: unknown): Promise<void> {
  const { document, rule } = await documentFor(target);
  const name = labelOf(document.uri);
  const fixed = fixDocument(documents, document, rule);
  if (fixed === undefined) {
    throw new UserFacingError(
      `${name} is not a file to repair. Open an MCP configuration such as .mcp.json first.`,
    );
  }
  if (fixed.count === 0) {
    void notify.info(`Nothing in ${name} can be repaired without a decision of yours.`);
    return;
  }
  const edit = new vscode.WorkspaceEdit();
  edit.set(document.uri, toTextEdits(document, fixed.edits));
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw new UserFacingError(`${name} changed meanwhile, so nothing was repaired. Try again.`);
  }
  vscode.window.setStatusBarMessage(describe(name, fixed), statusMs);
}

type PreviewedEdit = [vscode.TextEdit, vscode.WorkspaceEditEntryMetadata];

/** Shows what every safe fix of the workspace would change; a person applies it from there. */
export async function fixAllInWorkspace({ documents, store }: Services): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const metadata = {
    needsConfirmation: true,
    label: 'Safe fixes for MCP configurations',
    description: 'They change nothing but what was meant',
  };
  for (const { id, findings } of store.allFiles()) {
    const uri = vscode.Uri.parse(id, true);
    if (vscode.workspace.getWorkspaceFolder(uri) === undefined || findings.length === 0) {
      continue;
    }
    const document = await vscode.workspace.openTextDocument(uri);
    const edits = fixDocument(documents, document)?.edits ?? [];
    if (edits.length > 0) {
      const previewed = toTextEdits(document, edits);
      edit.set(
        uri,
        previewed.map((textEdit): PreviewedEdit => [textEdit, metadata]),
      );
    }
  }
  if (edit.size === 0) {
    void notify.info('Nothing in this workspace can be repaired without a decision of yours.');
    return;
  }
  const isUnchanged = unchangedSince(edit);
  // As a refactoring, files that no editor shows are saved where a person has it so.
  const isApplied = await vscode.workspace.applyEdit(edit, { isRefactoring: true });
  if (isApplied && isUnchanged()) {
    void notify.info('Nothing was changed, because nothing was ticked in Refactor Preview.');
  }
}

/** Tells later whether every document of `edit` still has the version that it has now. */
function unchangedSince(edit: vscode.WorkspaceEdit): () => boolean {
  const uris = new Set(edit.entries().map(([uri]) => uri.toString()));
  const versions = () =>
    vscode.workspace.textDocuments
      .filter(({ uri }) => uris.has(uri.toString()))
      .map(({ version }) => version)
      .join();
  const before = versions();
  return () => versions() === before;
}

async function documentFor(
  target: unknown,
): Promise<{ readonly document: vscode.TextDocument; readonly rule: string | undefined }> {
  if (isArguments(target)) {
    const uri = vscode.Uri.parse(target.uri, true);
    return { document: await vscode.workspace.openTextDocument(uri), rule: target.rule };
  }
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined) {
    throw new UserFacingError('Open an MCP configuration such as .mcp.json first.');
  }
  return { document, rule: undefined };
}

function isArguments(target: unknown): target is FixAllArguments {
  return (
    typeof target === 'object' &&
    target !== null &&
    'uri' in target &&
    typeof target.uri === 'string'
  );
}

function describe(name: string, { count, findings }: FixedText): string {
  const left = findings.length === 0 ? '' : `; ${problems(findings.length)} left`;
  return `${name}: ${problems(count)} repaired${left}`;
}

function problems(count: number): string {
  return count === 1 ? '1 problem' : `${count} problems`;
}
