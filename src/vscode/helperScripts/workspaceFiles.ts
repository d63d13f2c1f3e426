import * as vscode from 'vscode';
import { unknownFiles, type FileFacts } from '../../core/diagnostics/fileFacts';
import { referencedFiles, type ReferencedFile } from '../../core/diagnostics/referencedFiles';
import type { CommittedFact } from '../../core/secrets/secretHistory';
import type { ServerStore } from '../../core/servers/serverStore';

/** Looks at files on this machine's disk, inside `root` alone; handed in by extension.ts. */
export type ReadFileFacts = (
  configPath: string,
  files: readonly ReferencedFile[],
  root: string,
) => Promise<FileFacts>;

/** What one configuration names, and what was found there. */
interface Looked {
  /** The files as a text, to tell whether they changed. */
  readonly key: string;
  readonly files: readonly ReferencedFile[];
  readonly facts: FileFacts;
  /** Whether somebody was told of these files. */
  readonly isTold: boolean;
  readonly watchers: vscode.Disposable;
}

/**
 * The files that configurations of the workspace name, kept true to the disk. Nothing is read in a
 * workspace that is not trusted, nor outside of its folders.
 */
export class WorkspaceFiles implements vscode.Disposable {
  private readonly looked = new Map<string, Looked>();
  private readonly committed = new Map<string, ReadonlyMap<string, CommittedFact>>();
  private readonly latest = new Map<string, number>();
  private readonly pending = new Set<Promise<void>>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly subscriptions: vscode.Disposable[] = [this.changed];

  /** Fires the URI of a configuration about whose files something new is known. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly store: ServerStore,
    private readonly read: ReadFileFacts,
  ) {
    const { workspace } = vscode;
    const entries = workspace.createFileSystemWatcher('**', false, true, false);
    const ignoreFiles = workspace.createFileSystemWatcher('**/.gitignore');
    const lookAll = () => this.lookAgain(() => true);
    const lookAt = (uri: vscode.Uri) => this.lookAgain((path) => isAtOrUnder(path, uri.path));
    this.subscriptions.push(
      store.onDidChange((id) => this.follow(id)),
      entries,
      entries.onDidCreate(lookAt),
      entries.onDidDelete(lookAt),
      ignoreFiles,
      ignoreFiles.onDidCreate(lookAll),
      ignoreFiles.onDidChange(lookAll),
      ignoreFiles.onDidDelete(lookAll),
      workspace.onDidGrantWorkspaceTrust(() => {
        for (const { id } of store.allFiles()) {
          this.follow(id);
        }
      }),
    );
  }

  /** What is known for the configuration at `uri`. */
  factsFor(uri: vscode.Uri): FileFacts {
    const id = uri.toString();
    const facts = this.looked.get(id)?.facts ?? unknownFiles;
    const committed = this.committed.get(id);
    return committed ? { ...facts, committed: (text) => committed.get(text) } : facts;
  }

  /** What somebody found in the history of the configuration at `uri`. */
  setCommitted(uri: vscode.Uri, texts: ReadonlyMap<string, CommittedFact>): void {
    this.committed.set(uri.toString(), texts);
    this.changed.fire(uri);
  }

  /** The scripts that helpers run, by their URIs, with the text on disk. */
  helperScripts(): ReadonlyMap<string, string> {
    const scripts = new Map<string, string>();
    for (const [id, { files, facts }] of this.looked) {
      for (const { path, use } of files) {
        const fact = use === 'helper' ? facts.look(path) : undefined;
        if (fact?.kind === 'file' && fact.text !== undefined) {
          scripts.set(fileAt(vscode.Uri.parse(id, true), path).toString(), fact.text);
        }
      }
    }
    return scripts;
  }

  /** The configurations whose helpers run the script at `script`. */
  configsOf(script: vscode.Uri): readonly string[] {
    return [...this.looked].flatMap(([id, { files }]) => {
      const config = vscode.Uri.parse(id, true);
      const isRun = files.some(
        ({ path, use }) =>
          use === 'helper' && fileAt(config, path).toString() === script.toString(),
      );
      return isRun ? [id] : [];
    });
  }

  /** Settles when every look that is under way is known. */
  async whenIdle(): Promise<void> {
    while (this.pending.size > 0) {
      await Promise.all(this.pending);
    }
  }

  dispose(): void {
    for (const { watchers } of this.looked.values()) {
      watchers.dispose();
    }
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  /** Looks where the configuration `id` names other files than before. */
  private follow(id: string): void {
    const uri = vscode.Uri.parse(id, true);
    const config = this.store.file(id)?.config;
    const known = this.looked.get(id);
    const root = vscode.workspace.getWorkspaceFolder(uri)?.uri;
    if (config === undefined || root === undefined || uri.scheme !== 'file') {
      known?.watchers.dispose();
      if (this.looked.delete(id)) {
        this.changed.fire(uri);
      }
      return;
    }
    const files = vscode.workspace.isTrusted ? referencedFiles(config) : [];
    const key = JSON.stringify(files);
    if (known?.key !== key && (known !== undefined || files.length > 0)) {
      known?.watchers.dispose();
      const watchers = vscode.Disposable.from(...files.map(({ path }) => this.watch(uri, path)));
      const facts = known?.facts ?? unknownFiles;
      this.looked.set(id, { key, files, facts, isTold: false, watchers });
      this.look(uri, root);
    }
  }

  /** For what is written into it and for its rights; coming and going is seen for all files. */
  private watch(config: vscode.Uri, path: string): vscode.Disposable {
    const uri = fileAt(config, path);
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1).replace(/[[\]{}*!]/g, '?');
    const pattern = new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), name);
    const watcher = vscode.workspace.createFileSystemWatcher(pattern, true, false, true);
    watcher.onDidChange(() => this.lookAgain((other) => other === uri.path));
    return watcher;
  }

  private lookAgain(concerns: (path: string) => boolean): void {
    for (const [id, { files }] of this.looked) {
      const uri = vscode.Uri.parse(id, true);
      const root = vscode.workspace.getWorkspaceFolder(uri)?.uri;
      if (root && files.some(({ path }) => concerns(fileAt(uri, path).path))) {
        this.look(uri, root);
      }
    }
  }

  private look(uri: vscode.Uri, root: vscode.Uri): void {
    const id = uri.toString();
    const before = this.looked.get(id);
    if (before === undefined) {
      return;
    }
    // A later look at the same files makes an earlier one stale.
    const turn = (this.latest.get(id) ?? 0) + 1;
    this.latest.set(id, turn);
    const work = this.read(uri.fsPath, before.files, root.fsPath).then((facts) => {
      const now = this.looked.get(id);
      if (now !== undefined && this.latest.get(id) === turn) {
        this.looked.set(id, { ...now, facts, isTold: true });
        if (!now.isTold || isOther(now, facts)) {
          this.changed.fire(uri);
        }
      }
    });
    const tracked: Promise<void> = work.finally(() => this.pending.delete(tracked));
    this.pending.add(tracked);
  }
}

function isOther({ files, facts }: Looked, later: FileFacts): boolean {
  const valuesOf = ({ look }: FileFacts) => JSON.stringify(files.map(({ path }) => look(path)));
  return valuesOf(facts) !== valuesOf(later);
}

/** The file that the configuration at `config` calls `path`. */
export function fileAt(config: vscode.Uri, path: string): vscode.Uri {
  return /^(?:\/|[A-Za-z]:[\\/])/.test(path)
    ? vscode.Uri.file(path)
    : vscode.Uri.joinPath(config, '..', path);
}

function isAtOrUnder(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
