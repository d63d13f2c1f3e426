import * as vscode from 'vscode';

/**
 * Settles when changes of files arrive: what is written in the first moments of a window is seen by
 * nobody. Without a folder nothing is watched.
 */
export async function untilFilesAreWatched(): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) {
    return;
  }
  const name = 'is-it-watched';
  const probe = vscode.Uri.joinPath(folder.uri, name);
  const watcher = vscode.workspace.createFileSystemWatcher(`**/${name}`);
  const write = () =>
    void vscode.workspace.fs.writeFile(probe, new TextEncoder().encode(String(Date.now())));
  const timer = setInterval(write, 250);
  await new Promise<void>((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error('Changes of files never arrive.')), 60_000);
    const arrived = () => {
      clearTimeout(limit);
      resolve();
    };
    watcher.onDidCreate(arrived);
    watcher.onDidChange(arrived);
  });
  clearInterval(timer);
  const deleted = new Promise<void>((resolve) => watcher.onDidDelete(() => resolve()));
  await vscode.workspace.fs.delete(probe);
  await deleted;
  watcher.dispose();
}
