import { parse } from 'jsonc-parser';
import * as vscode from 'vscode';
import { parseDotEnv } from '../../core/variables/dotEnv';
import {
  environmentOf,
  sourceOf,
  unknownEnvironment,
  type Environment,
  type VariableSource,
} from '../../core/variables/environment';

/** What the machine says of itself, handed in by extension.ts. */
export interface MachineVariables {
  readonly processEnv: Readonly<Record<string, string | undefined>>;
  /** Claude Code's own folder, `~/.claude` unless the user moved it. */
  readonly claudeFolder: vscode.Uri;
}

/** A value, for a run that a person started, and where it came from. */
export interface ResolvedVariable {
  readonly value: string;
  readonly source: string;
  /** Whether Claude Code would find it there too. */
  readonly isSeenByClaude: boolean;
}

interface Loaded {
  readonly source: VariableSource;
  readonly values: Readonly<Record<string, string>>;
}

const watchedInWorkspace = '**/{.env,.env.local,.claude/settings.json,.claude/settings.local.json}';

/**
 * The variables that a configuration can refer to, read from where Claude Code reads them and from
 * where people keep them. Nothing outside the file is read in a workspace that is not trusted.
 */
export class WorkspaceVariables implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly files = new Map<string, Readonly<Record<string, string>>>();
  private readonly pending = new Set<Promise<void>>();
  private readonly subscriptions: vscode.Disposable[] = [this.changed];

  readonly onDidChange = this.changed.event;

  constructor(private readonly machine: MachineVariables) {
    const watch = (pattern: vscode.GlobPattern) => {
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      const reload = (uri: vscode.Uri) => this.track(this.load(uri));
      this.subscriptions.push(
        watcher,
        watcher.onDidCreate(reload),
        watcher.onDidChange(reload),
        watcher.onDidDelete(reload),
      );
    };
    const start = () => {
      watch(watchedInWorkspace);
      watch(new vscode.RelativePattern(machine.claudeFolder, 'settings.json'));
      this.track(this.loadAll());
    };
    if (vscode.workspace.isTrusted) {
      start();
    } else {
      this.subscriptions.push(vscode.workspace.onDidGrantWorkspaceTrust(start));
    }
  }

  /** What is known of variables for the configuration at `uri`. */
  environmentFor(uri: vscode.Uri): Environment {
    return vscode.workspace.isTrusted
      ? environmentOf(this.loadedFor(uri).map(({ source }) => source))
      : unknownEnvironment;
  }

  /** The value for a run that a person started: as Claude Code finds it, else as it is kept. */
  resolve(uri: vscode.Uri, name: string): ResolvedVariable | undefined {
    const found = this.loadedFor(uri).find(({ source }) => source.has(name) !== 'unset');
    const value = found?.values[name];
    return found && value !== undefined
      ? { value, source: found.source.label, isSeenByClaude: found.source.reach === 'always' }
      : undefined;
  }

  async whenIdle(): Promise<void> {
    while (this.pending.size > 0) {
      await Promise.all(this.pending);
    }
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  /** In Claude Code's order of preference: its own settings win over the process. */
  private loadedFor(uri: vscode.Uri): readonly Loaded[] {
    const root = vscode.workspace.getWorkspaceFolder(uri)?.uri;
    const beside = vscode.Uri.joinPath(uri, '..');
    const folders = root && root.toString() !== beside.toString() ? [beside, root] : [beside];
    const file = (at: vscode.Uri, label: string, reach: VariableSource['reach']): Loaded => {
      const values = this.files.get(at.toString()) ?? {};
      return { source: sourceOf(label, reach, values), values };
    };
    const settings = vscode.Uri.joinPath(this.machine.claudeFolder, 'settings.json');
    const own = definedOf(this.machine.processEnv);
    return [
      file(settings, '~/.claude/settings.json', 'always'),
      { source: sourceOf("this window's environment", 'always', own), values: own },
      ...(root ? ['settings.local.json', 'settings.json'] : []).map((name) =>
        file(vscode.Uri.joinPath(root ?? beside, '.claude', name), `.claude/${name}`, 'sessions'),
      ),
      ...folders.flatMap((folder) =>
        ['.env.local', '.env'].map((name) =>
          file(vscode.Uri.joinPath(folder, name), name, 'never'),
        ),
      ),
    ];
  }

  private async loadAll(): Promise<void> {
    const found = await vscode.workspace.findFiles(watchedInWorkspace, '**/node_modules/**', 200);
    const settings = vscode.Uri.joinPath(this.machine.claudeFolder, 'settings.json');
    await Promise.all([...found, settings].map((uri) => this.load(uri)));
  }

  private async load(uri: vscode.Uri): Promise<void> {
    try {
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
      this.files.set(uri.toString(), readValues(uri, text));
    } catch {
      // Not there, or not for this user to read: nothing is set in it.
      this.files.delete(uri.toString());
    }
    this.changed.fire();
  }

  private track(work: Promise<void>): void {
    const tracked: Promise<void> = work.finally(() => this.pending.delete(tracked));
    this.pending.add(tracked);
  }
}

function readValues(uri: vscode.Uri, text: string): Readonly<Record<string, string>> {
  if (!uri.path.endsWith('.json')) {
    return Object.fromEntries(parseDotEnv(text).map(({ name, value }) => [name, value]));
  }
  const settings: unknown = parse(text);
  const env = isRecord(settings) ? settings.env : undefined;
  return isRecord(env) ? definedOf(env) : {};
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function definedOf(values: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
}
