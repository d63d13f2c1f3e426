import * as vscode from 'vscode';
import { maxFileBytes } from '../../core/config/parseMcpConfig';
import {
  changedNames,
  statesOf,
  type NamedValues,
  type Names,
  type NameStates,
} from '../../core/variables/nameStates';
import { variablesInFile } from '../../core/variables/variablesInFile';
import type { VariableChange } from './variableChange';

/** A file that keeps variables. */
export interface KeptFile {
  readonly uri: vscode.Uri;
  /** As in `VariableChange`. */
  readonly folder?: vscode.Uri;
}

const watched = '**/{.env,.env.local,.claude/settings.json,.claude/settings.local.json}';

/**
 * The names in the files that somebody asked for, kept true to the disk. Values are read anew for
 * each run that wants one, and not kept. In a workspace that is not trusted nothing is read.
 */
export class VariableFiles implements vscode.Disposable {
  private readonly wanted = new Map<string, KeptFile>();
  private readonly states = new Map<string, NameStates>();
  private readonly reads = new Map<string, Promise<Names>>();
  private readonly changed = new vscode.EventEmitter<VariableChange>();
  private readonly readAgain = new vscode.EventEmitter<VariableChange>();
  private readonly subscriptions: vscode.Disposable[] = [this.changed, this.readAgain];

  readonly onDidChange = this.changed.event;

  /** A file was written, whatever its names are: their values may be others. */
  readonly onDidReadAgain = this.readAgain.event;

  /** @param settings those of the user, which are watched wherever they are */
  constructor(private readonly settings: vscode.Uri) {
    const { workspace } = vscode;
    const claudeFolder = vscode.Uri.joinPath(settings, '..');
    const watchers = [
      workspace.createFileSystemWatcher(watched, true, false, true),
      workspace.createFileSystemWatcher(new vscode.RelativePattern(claudeFolder, 'settings.json')),
      // Of a folder that comes or goes as a whole, no file in it need be told.
      workspace.createFileSystemWatcher('**', false, true, false),
    ];
    const reload = (uri: vscode.Uri) => this.reloadAt(uri);
    this.subscriptions.push(
      ...watchers.flatMap((watcher) => [
        watcher,
        watcher.onDidCreate(reload),
        watcher.onDidChange(reload),
        watcher.onDidDelete(reload),
      ]),
      workspace.onDidGrantWorkspaceTrust(() => this.readWanted()),
    );
  }

  /** Reads those of `files` that were not read yet, or that nobody watches; settles when they are. */
  async prepare(files: readonly KeptFile[]): Promise<void> {
    const isNew = ({ uri }: KeptFile) => !this.wanted.has(uri.toString());
    const stale = files.filter((file) => isNew(file) || !this.isWatched(file));
    for (const file of stale) {
      this.wanted.set(file.uri.toString(), file);
    }
    if (vscode.workspace.isTrusted) {
      await Promise.all(stale.map((file) => this.read(file)));
    }
    await Promise.all(files.flatMap(({ uri }) => this.reads.get(uri.toString()) ?? []));
  }

  /** Reads anew what somebody asked for: of a folder that is new, a watcher may tell nothing. */
  async refresh(): Promise<void> {
    await Promise.all([...this.wanted.values()].map((file) => this.reload(file)));
  }

  /** What is known of the file at `uri`; `unknown` before it was read. */
  statesOf(uri: vscode.Uri): NameStates {
    return this.states.get(uri.toString()) ?? 'unknown';
  }

  /** The value that the file has now. */
  async valueOf(uri: vscode.Uri, name: string): Promise<string | undefined> {
    const values = await readVariables(uri);
    return values === 'unknown' ? undefined : values.get(name);
  }

  /** Settles when every read that is under way is known. */
  async whenIdle(): Promise<void> {
    while (this.reads.size > 0) {
      await Promise.all(this.reads.values());
    }
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private isWatched({ uri }: KeptFile): boolean {
    const isSettings = uri.toString() === this.settings.toString();
    return isSettings || vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  }

  private readWanted(): void {
    const reads = [...this.wanted.values()].map((file) => this.read(file));
    void Promise.all(reads).then(() => this.changed.fire({ names: 'any' }));
  }

  /** The file at `uri`, or every file in the folder that came or went there. */
  private reloadAt({ path }: vscode.Uri): void {
    for (const file of this.wanted.values()) {
      if (file.uri.path === path || file.uri.path.startsWith(`${path}/`)) {
        void this.reload(file);
      }
    }
  }

  private async reload(file: KeptFile): Promise<void> {
    const names = await this.read(file);
    const folder = file.folder && { folder: file.folder };
    this.readAgain.fire({ names: 'any', ...folder });
    if (names === 'any' || names.size > 0) {
      this.changed.fire({ names, ...folder });
    }
  }

  /** One read at a time: an earlier one must not overtake it. Settles to what it found changed. */
  private read({ uri }: KeptFile): Promise<Names> {
    const id = uri.toString();
    const earlier = this.reads.get(id) ?? Promise.resolve();
    const read = earlier.then(async () => {
      const values = await readVariables(uri);
      const states = values === 'unknown' ? values : statesOf(values);
      const names = changedNames(this.statesOf(uri), states);
      this.states.set(id, states);
      if (this.reads.get(id) === read) {
        this.reads.delete(id);
      }
      return names;
    });
    this.reads.set(id, read);
    return read;
  }
}

async function readVariables(uri: vscode.Uri): Promise<NamedValues | 'unknown'> {
  const { FileType } = vscode;
  const { fs } = vscode.workspace;
  try {
    const { type, size } = await fs.stat(uri);
    if ((type & FileType.Directory) !== 0) {
      return new Map();
    }
    // Another kind of file may never end, such as a pipe that a password manager fills.
    if ((type & FileType.File) === 0 || size > maxFileBytes) {
      return 'unknown';
    }
    return variablesInFile(uri.path, new TextDecoder().decode(await fs.readFile(uri)));
  } catch (error) {
    return error instanceof vscode.FileSystemError && error.code === 'FileNotFound'
      ? new Map()
      : 'unknown';
  }
}
