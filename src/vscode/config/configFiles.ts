import * as vscode from 'vscode';
import { places, placeOf, type Place } from '../../core/config/place';

/** What is watched in a workspace, and looked for in a folder that may be `.claude-plugin` itself. */
export const configFilePattern = '**/{.mcp.json,plugin.json}';

/** What is searched for on opening a workspace: a `plugin.json` elsewhere is another program's. */
export const searchedFiles = '**/{.mcp.json,.claude-plugin/plugin.json}';

/** Folders in which nobody configures a client by hand. */
export const excludedFolders = '**/{node_modules,.git,.vscode-test}/**';

export function isInExcludedFolder(uri: vscode.Uri): boolean {
  return /\/(?:node_modules|\.git|\.vscode-test)(?:\/|$)/.test(uri.path);
}

/** The most files that are read on opening a workspace. */
export const maxConfigFiles = 500;

/** The documents for which the editor asks this extension. */
export const configDocumentSelector: vscode.DocumentSelector = [
  { pattern: '**/.mcp.json' },
  { pattern: '**/.claude-plugin/plugin.json' },
  { pattern: '**/.claude.json' },
  { pattern: '**/managed-mcp.json' },
];

/** Schemes of documents that are views of a file at another time, not the file. */
const otherVersions = new Set(['git', 'gitfs', 'scm', 'vscode-scm', 'review', 'output', 'comment']);

/** Not a view of a file at another time, nor one that the editor only shows, such as a preview. */
function isFileOfPerson({ scheme }: vscode.Uri): boolean {
  const isInFileSystem = vscode.workspace.fs.isWritableFileSystem(scheme) !== undefined;
  return isInFileSystem && !otherVersions.has(scheme);
}

/** The place of `uri`, or `undefined` where Claude Code does not look. */
export async function findPlace(uri: vscode.Uri): Promise<Place | undefined> {
  if (!isFileOfPerson(uri)) {
    return undefined;
  }
  const place = placeOf(uri.path, false);
  return place === places.project && (await isPluginRoot(uri)) ? places.plugin : place;
}

function isPluginRoot(uri: vscode.Uri): Promise<boolean> {
  return isFolder(vscode.Uri.joinPath(uri, '..', '.claude-plugin'));
}

export async function isFolder(uri: vscode.Uri): Promise<boolean> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return (type & vscode.FileType.Directory) !== 0;
  } catch {
    // Not there, or not any more.
    return false;
  }
}

/** The file as a person names it: relative to its workspace folder, the folder first if there are several. */
export function labelOf(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri);
}
