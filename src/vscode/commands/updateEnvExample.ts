import * as vscode from 'vscode';
import { oneLine } from '../../core/base/text';
import type { ConfigFile } from '../../core/servers/serverStore';
import { credentialsInDotEnv } from '../../core/variables/credentialsInDotEnv';
import { addToEnvExample, variablesForExample } from '../../core/variables/envExample';
import { linkedOutside } from '../secrets/keepInFile';
import type { Services } from '../services';
import { UserFacingError } from '../ui/errorBoundary';
import { notify } from '../ui/notifications';
import { requireTrust } from '../ui/requireTrust';
import { pickConfig } from './pickConfig';

/** Adds what the servers of a configuration need to the `.env.example` beside it, and opens that. */
export async function updateEnvExample(
  { store, machine }: Services,
  target: unknown,
): Promise<void> {
  requireTrust('Updating .env.example reads and writes it');
  const placeHolder = 'The variables of which configuration?';
  const file = await pickConfig(store, target, placeHolder, isOfProject);
  if (file === undefined) {
    return;
  }
  const needed = variablesForExample(file.config, folderOf(file).fsPath);
  if (needed.length === 0) {
    throw new UserFacingError(
      `No server in ${oneLine(file.label)} refers to a variable that somebody has to set.`,
    );
  }
  const uri = vscode.Uri.joinPath(folderOf(file), '.env.example');
  const outside = uri.scheme === 'file' ? await linkedOutside(machine.files, uri) : undefined;
  if (outside !== undefined) {
    throw new UserFacingError(
      `.env.example is a link that leads out of the workspace, to ${oneLine(outside)}. It was left as it is. Put a file in its place, then try again.`,
    );
  }
  const existing = await openExisting(uri);
  const before = existing?.getText() ?? '';
  const after = addToEnvExample(before, needed);
  if (after !== before) {
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(uri, { ignoreIfExists: true });
    const end = existing?.positionAt(before.length) ?? new vscode.Position(0, 0);
    edit.insert(uri, end, after.slice(before.length));
    if (!(await vscode.workspace.applyEdit(edit))) {
      throw new UserFacingError('.env.example could not be changed.');
    }
  }
  await vscode.window.showTextDocument(uri);
  void tell(before, after);
}

function tell(before: string, after: string): Thenable<unknown> | undefined {
  const credentials = credentialsInDotEnv(before);
  if (credentials.length > 0) {
    return notify.error(
      `.env.example is meant to be committed, and what looks like a real credential stands in it: ${credentials.join(', ')}. Take the value out, and replace it at its provider if it was committed.`,
    );
  }
  return before === after
    ? notify.info('.env.example already names every variable that the servers need.')
    : undefined;
}

/** Where Claude Code starts for the configuration: of a plugin's manifest the root of the plugin. */
function folderOf({ id, config }: ConfigFile): vscode.Uri {
  const up = config.place.id === 'pluginManifest' ? ['..', '..'] : ['..'];
  return vscode.Uri.joinPath(vscode.Uri.parse(id, true), ...up);
}

async function openExisting(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    await vscode.workspace.fs.stat(uri);
  } catch {
    return undefined;
  }
  return vscode.workspace.openTextDocument(uri);
}

/** Those of the user and of the machine have no project beside them. */
function isOfProject({ id }: ConfigFile): boolean {
  return vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(id, true)) !== undefined;
}
