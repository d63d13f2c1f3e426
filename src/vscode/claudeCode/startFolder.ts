import * as vscode from 'vscode';
import type { PlaceId } from '../../core/config/place';

/**
 * The folder in which Claude Code finds the servers of the file at `uri`: its own for a project's
 * file, and for those of a user the open one.
 * @param project the folder whose local servers these are
 */
export function startFolder(
  uri: vscode.Uri,
  place: PlaceId,
  project: string | undefined,
): vscode.Uri {
  const beside = vscode.Uri.joinPath(uri, '..');
  if (place === 'project') {
    return beside;
  }
  return project === undefined
    ? (vscode.workspace.workspaceFolders?.[0]?.uri ?? beside)
    : vscode.Uri.file(project);
}
