import * as vscode from 'vscode';
import {
  environmentOf,
  unknownEnvironment,
  type Environment,
} from '../../core/variables/environment';
import type { LoginShellReading, ReadLoginShell } from '../../core/variables/loginShell';
import { sourceOfStates, statesOf } from '../../core/variables/nameStates';
import { variableSources, type VariableSourceId } from '../../core/variables/variableSources';
import { LoginShellVariables } from './loginShellVariables';
import { StoredVariables, type VariableStore } from './storedVariables';
import type { VariableChange } from './variableChange';
import { VariableFiles, type KeptFile } from './variableFiles';
import { fileIn, foldersOf, rootsOf, type VariablePlace } from './variablePlaces';

/** What the machine says of itself, handed in by extension.ts. */
export interface MachineVariables {
  readonly processEnv: Readonly<Record<string, string | undefined>>;
  /** Claude Code's own folder, `~/.claude` unless the user moved it. */
  readonly claudeFolder: vscode.Uri;
  readonly readLoginShell: ReadLoginShell;
}

/** A value, for a run that a person started, and where it came from. */
export interface ResolvedVariable {
  readonly value: string;
  readonly sourceId: VariableSourceId;
  /** As it stands in a sentence. */
  readonly source: string;
  /** Whether Claude Code would find it there too. */
  readonly isSeenByClaude: boolean;
}

/**
 * The variables that a configuration can refer to, from where Claude Code reads them and from where
 * people keep them. Nothing outside the file is read in a workspace that is not trusted.
 */
export class WorkspaceVariables implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<VariableChange>();
  private readonly files: VariableFiles;
  private readonly loginShell: LoginShellVariables;
  private readonly places: Readonly<
    Record<VariableSourceId, (uri: vscode.Uri) => readonly VariablePlace[]>
  >;
  private readonly subscriptions: vscode.Disposable[];

  /** Fires when the state of a variable is another one, not when only its value is. */
  readonly onDidChange = this.changed.event;

  /** Fires when values may be others while the states are the same. */
  readonly onDidReadAgain: vscode.Event<VariableChange>;

  constructor(machine: MachineVariables, log: vscode.LogOutputChannel, store: VariableStore) {
    const settings = vscode.Uri.joinPath(machine.claudeFolder, 'settings.json');
    const files = new VariableFiles(settings);
    const loginShell = new LoginShellVariables(machine.readLoginShell, log);
    const stored = new StoredVariables(store);
    const own = definedOf(machine.processEnv);
    const ownStates = statesOf(own);
    const inFile = (file: KeptFile): VariablePlace => ({
      file,
      states: files.statesOf(file.uri),
      valueOf: (name) => files.valueOf(file.uri, name),
    });
    const inRoot = (name: string) => (uri: vscode.Uri) =>
      rootsOf(uri).map((root) => inFile(fileIn(root, '.claude', name)));
    const inFolders = (name: string) => (uri: vscode.Uri) =>
      foldersOf(uri).map((folder) => inFile(fileIn(folder, name)));
    this.places = {
      userSettings: () => [inFile({ uri: settings })],
      process: () => [{ states: ownStates, valueOf: (name) => own.get(name) }],
      projectSettingsLocal: inRoot('settings.local.json'),
      projectSettings: inRoot('settings.json'),
      loginShell: () => [
        { states: loginShell.states(), valueOf: (name) => loginShell.valueOf(name) },
      ],
      store: (uri) => [
        { states: stored.statesFor(uri), valueOf: (name) => stored.valueFor(uri, name) },
      ],
      dotEnvLocal: inFolders('.env.local'),
      dotEnv: inFolders('.env'),
    };
    this.files = files;
    this.onDidReadAgain = files.onDidReadAgain;
    this.loginShell = loginShell;
    const changing = [files, loginShell, stored];
    this.subscriptions = [
      ...changing.map(({ onDidChange }) => onDidChange((change) => this.changed.fire(change))),
      ...changing,
      this.changed,
    ];
  }

  /** Reads what there is for the configuration at `uri`; before that, most of it is unknown. */
  async prepare(uri: vscode.Uri): Promise<void> {
    await this.files.prepare(this.keptFilesFor(uri));
  }

  /** The files that keep variables for the configuration at `uri`, the one that counts first. */
  filesFor(uri: vscode.Uri): readonly vscode.Uri[] {
    return this.keptFilesFor(uri).map((file) => file.uri);
  }

  /** Reads the files again, after one of them was written by this extension. */
  refresh(): Promise<void> {
    return this.files.refresh();
  }

  /** What is known of variables for the configuration at `uri`. */
  environmentFor(uri: vscode.Uri): Environment {
    return vscode.workspace.isTrusted
      ? environmentOf(
          this.placesFor(uri).map(({ row, place }) => sourceOfStates(row, place.states)),
        )
      : unknownEnvironment;
  }

  /** Whether `change` is one of variables for the configuration at `uri`. */
  concerns({ folder }: VariableChange, uri: vscode.Uri): boolean {
    const isSame = (other: vscode.Uri) => other.toString() === folder?.toString();
    return folder === undefined || foldersOf(uri).some(isSame);
  }

  /** The value for a run that a person started: as Claude Code finds it, else as it is kept. */
  async resolve(uri: vscode.Uri, name: string): Promise<ResolvedVariable | undefined> {
    if (!vscode.workspace.isTrusted) {
      return undefined;
    }
    for (const { row, place } of this.placesFor(uri)) {
      const value = await place.valueOf(name);
      if (value !== undefined) {
        return {
          value,
          sourceId: row.id,
          source: row.label,
          isSeenByClaude: row.reach === 'always',
        };
      }
    }
    return undefined;
  }

  /** Starts the user's login shell, whose variables are known from then on. */
  readLoginShell(signal: AbortSignal): Promise<LoginShellReading> {
    return this.loginShell.read(signal);
  }

  /** Settles when every read that is under way is known. */
  async whenIdle(): Promise<void> {
    await this.loginShell.whenIdle();
    await this.files.whenIdle();
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private keptFilesFor(uri: vscode.Uri): readonly KeptFile[] {
    return this.placesFor(uri).flatMap(({ place: { file } }) => file ?? []);
  }

  /** The one to prefer first. */
  private placesFor(uri: vscode.Uri) {
    return variableSources.flatMap((row) =>
      this.places[row.id](uri).map((place) => ({ row, place })),
    );
  }
}

function definedOf(
  values: Readonly<Record<string, string | undefined>>,
): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}
