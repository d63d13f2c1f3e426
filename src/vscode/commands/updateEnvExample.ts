import * as vscode from 'vscode';
import { oneLine } from '../../core/base/text';
import type { ConfigFile, ServerStore } from '../../core/servers/serverStore';
import { credentialsInDotEnv } from '../../core/variables/credentialsInDotEnv';
import { addToEnvExample, neededVariables } from '../../core/variables/envExample';
import { linkedOutside } from '../secrets/keepInFile';
import type { Services } from '../services';
import { UserFacingError } from '../ui/errorBoundary';
import { notify } from '../ui/notifications';

/** Adds what the servers of a configuration need to the `.env.example` beside it, and opens that. */
export async function updateEnvExample(
  { store, machine }: Services,
  target: unknown,
): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    throw new UserFacingError(
      '.env.example is read and written in a trusted workspace alone. Run "Workspaces: Manage Workspace Trust" first.',
    );
  }
  const file = fileOf(store, target) ?? (await pickFile(store));
  if (file === undefined) {
    return;
  }
  const needed = neededVariables(file.config);
  if (needed.length === 0) {
    throw new UserFacingError(
      `No server in ${oneLine(file.label)} refers to a variable that somebody has to set.`,
    );
  }
  const uri = exampleFor(file);
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

/** Of a plugin's manifest the root of the plugin. */
function exampleFor({ id, config }: ConfigFile): vscode.Uri {
  const up = config.place.id === 'pluginManifest' ? ['..', '..'] : ['..'];
  return vscode.Uri.joinPath(vscode.Uri.parse(id, true), ...up, '.env.example');
}

async function openExisting(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    await vscode.workspace.fs.stat(uri);
  } catch {
    return undefined;
  }
  return vscode.workspace.openTextDocument(uri);
}

/** The file that is handed over, or the one in the active editor. */
function fileOf(store: ServerStore, target: unknown): ConfigFile | undefined {
  const handed =
    typeof target === 'object' && target !== null && 'uri' in target
      ? String(target.uri)
      : undefined;
  const id = handed ?? vscode.window.activeTextEditor?.document.uri.toString();
  return projectFiles(store).find((file) => file.id === id);
}

async function pickFile(store: ServerStore): Promise<ConfigFile | undefined> {
  const files = projectFiles(store);
  if (files.length === 0) {
    throw new UserFacingError(
      'There is no configuration in this workspace yet. Open a folder with an .mcp.json, or create one.',
    );
  }
  if (files.length === 1) {
    return files[0];
  }
  const items = files.map((file) => ({ label: oneLine(file.label), file }));
  const placeHolder = 'The variables of which configuration?';
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.file;
}

/** Those of the user and of the machine have no project beside them. */
function projectFiles(store: ServerStore): readonly ConfigFile[] {
  return store
    .allFiles()
    .filter(({ id }) => vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(id, true)));
}
