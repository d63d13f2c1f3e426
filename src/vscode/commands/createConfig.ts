import * as vscode from 'vscode';
import { UserFacingError } from '../ui/errorBoundary';

/** Opens the folder's `.mcp.json`, an empty one where there is none, with the snippets offered. */
export async function createConfig(): Promise<void> {
  const folder = await pickFolder();
  if (folder === undefined) {
    return;
  }
  const uri = vscode.Uri.joinPath(folder.uri, '.mcp.json');
  const edit = new vscode.WorkspaceEdit();
  const contents = new TextEncoder().encode('{\n  "mcpServers": {\n    \n  }\n}\n');
  edit.createFile(uri, { ignoreIfExists: true, contents });
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw new UserFacingError(`.mcp.json could not be created in ${folder.name}.`);
  }
  const editor = await vscode.window.showTextDocument(uri);
  const isNew = editor.document.lineAt(2).text.trim() === '';
  if (isNew) {
    const end = editor.document.lineAt(2).range.end;
    editor.selection = new vscode.Selection(end, end);
    await vscode.commands.executeCommand('editor.action.triggerSuggest');
  }
}

async function pickFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    throw new UserFacingError('Open a folder first: .mcp.json belongs to a project.');
  }
  return folders.length === 1
    ? folders[0]
    : vscode.window.showWorkspaceFolderPick({ placeHolder: 'In which folder?' });
}
