import type { PlaceId } from '../config/place';

export interface SessionFolderFacts {
  readonly place: PlaceId;
  /** The path of the configuration file, either slash. */
  readonly file: string;
  /** Of a server under `projects` in `~/.claude.json`. */
  readonly project?: string | undefined;
  /** The path of the open folder. */
  readonly workspaceFolder: string | undefined;
}

/**
 * The folder in which Claude Code would start a local server: that in which it was started itself,
 * wherever the file stands. It reads the `.mcp.json` of that folder and of those above it, never
 * of those below: so it is the open folder, or the folder of the file where that lies deeper.
 */
export function sessionFolder({
  place,
  file,
  project,
  workspaceFolder,
}: SessionFolderFacts): string {
  if (project !== undefined) {
    return project;
  }
  const own = parentOf(file);
  if (workspaceFolder === undefined) {
    return own;
  }
  const isReadThere = place !== 'project' || isWithin(workspaceFolder, own);
  return isReadThere ? workspaceFolder : own;
}

function parentOf(path: string): string {
  const parent = path.replace(/[\\/][^\\/]*$/, '');
  return parent === '' || /^[A-Za-z]:$/.test(parent) ? path.slice(0, parent.length + 1) : parent;
}

function isWithin(path: string, folder: string): boolean {
  const parts = (text: string) => text.split(/[\\/]/).filter((part) => part !== '');
  const inner = parts(path);
  return parts(folder).every((part, index) => part === inner[index]);
}
