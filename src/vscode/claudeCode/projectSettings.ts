import * as vscode from 'vscode';
import { oneLine } from '../../core/base/text';
import type { ServerRecord } from '../../core/servers/serverStore';
import { sessionFolder } from '../../core/tokenTest/sessionFolder';
import type { SettingsEdit } from '../../core/variables/setInSettings';
import { linkedOutside } from '../secrets/keepInFile';
import type { Services } from '../services';
import { UserFacingError } from '../ui/errorBoundary';

/** As a person names it. */
export const settingsName = '.claude/settings.json';

/**
 * The settings that Claude Code reads in the project of a server, whether the file is there or not.
 * @returns `undefined` when the question for the folder was left
 * @throws UserFacingError where there is none that may be written
 */
export async function findProjectSettings(
  { machine }: Services,
  record: ServerRecord,
): Promise<vscode.Uri | undefined> {
  const folder = await findProject(record);
  if (folder === undefined) {
    return undefined;
  }
  const uri = vscode.Uri.joinPath(folder, '.claude', 'settings.json');
  const outside = uri.scheme === 'file' ? await linkedOutside(machine.files, uri) : undefined;
  if (outside !== undefined) {
    throw new UserFacingError(
      `${settingsName} is a link that leads out of the workspace, to ${oneLine(outside)}. It was left as it is. Put a file in its place, then try again.`,
    );
  }
  return uri;
}

/** The folder in which a session with this server starts; asked for where it could be several. */
async function findProject({ file, server }: ServerRecord): Promise<vscode.Uri | undefined> {
  const uri = vscode.Uri.parse(file.id, true);
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (folder !== undefined) {
    const path = sessionFolder({
      place: file.config.place.id,
      file: uri.path,
      project: undefined,
      workspaceFolder: folder.uri.path,
    });
    return uri.with({ path });
  }
  const folders = vscode.workspace.workspaceFolders ?? [];
  const { project } = server;
  if (project !== undefined) {
    const own = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(project));
    if (own === undefined) {
      throw new UserFacingError(
        `This server belongs to ${oneLine(project)}, which is not open. Open that folder, then try again.`,
      );
    }
    return vscode.Uri.file(project);
  }
  if (folders.length === 0) {
    throw new UserFacingError(
      `Tools are denied in ${settingsName} of a folder, and none is open. Open one, then try again.`,
    );
  }
  const placeHolder = `${settingsName} of which folder?`;
  const chosen =
    folders.length === 1
      ? folders[0]
      : await vscode.window.showWorkspaceFolderPick({ placeHolder });
  return chosen?.uri;
}

/**
 * The text of the settings, empty where there is no file.
 * @throws UserFacingError where an editor has changes that are not saved
 */
export async function readSettings(uri: vscode.Uri): Promise<string> {
  const document = await openExisting(uri);
  if (document?.isDirty === true) {
    throw new UserFacingError(
      `${settingsName} has changes that are not saved. Save it, then try again.`,
    );
  }
  return document?.getText() ?? '';
}

/**
 * Changes the settings in an editor, where one undo brings them back, and saves them.
 * @param before what `readSettings` gave, on which `edit` is based
 * @throws UserFacingError where they cannot be changed
 */
export async function writeSettings(
  uri: vscode.Uri,
  before: string,
  edit: SettingsEdit,
): Promise<void> {
  if (edit.kind === 'refused') {
    throw new UserFacingError(
      `${settingsName} cannot be changed because ${edit.reason}. Correct the file, then try again.`,
    );
  }
  const document = await openExisting(uri);
  if (document !== undefined && (document.isDirty || document.getText() !== before)) {
    throw new UserFacingError(`${settingsName} changed meanwhile, so it was left as it is.`);
  }
  const change = new vscode.WorkspaceEdit();
  if (document === undefined) {
    change.createFile(uri);
    change.insert(uri, new vscode.Position(0, 0), edit.text);
  } else {
    const all = new vscode.Range(new vscode.Position(0, 0), document.positionAt(before.length));
    change.replace(uri, all, edit.text);
  }
  if (!(await vscode.workspace.applyEdit(change))) {
    throw new UserFacingError(`${settingsName} could not be changed.`);
  }
  const shown = await vscode.window.showTextDocument(uri);
  if (!(await shown.document.save())) {
    throw new UserFacingError(`${settingsName} could not be saved. The editor has the change.`);
  }
}

async function openExisting(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    await vscode.workspace.fs.stat(uri);
  } catch {
    return undefined;
  }
  return vscode.workspace.openTextDocument(uri);
}
