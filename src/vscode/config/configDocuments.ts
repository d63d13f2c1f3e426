import * as vscode from 'vscode';
import type { McpConfig } from '../../core/config/mcpConfig';
import { maxFileBytes, parseMcpConfig } from '../../core/config/parseMcpConfig';
import type { Place } from '../../core/config/place';
import { findFindings, type FindingOptions } from '../../core/diagnostics/findFindings';
import type { ConfigFile, ServerStore } from '../../core/servers/serverStore';
import type { Environment } from '../../core/variables/environment';
import { recordLookups, type RecordedEnvironment } from '../../core/variables/recordLookups';
import type { WorkspaceFiles } from '../helperScripts/workspaceFiles';
import type { VariableChange } from '../variables/variableChange';
import type { WorkspaceVariables } from '../variables/workspaceVariables';
import {
  configFilePattern,
  excludedFolders,
  findPlace,
  isFolder,
  isInExcludedFolder,
  labelOf,
  maxConfigFiles,
  searchedFiles,
} from './configFiles';
import { affectsRules, readRuleSettings } from './ruleSettings';

/**
 * Keeps the store true to the editor and the disk. An open document counts as it is typed, any
 * other file as it is saved; a file outside the workspace counts while it is open.
 */
export class ConfigDocuments implements vscode.Disposable {
  private readonly places = new Map<string, Place>();
  private readonly latest = new Map<string, number>();
  /** What the findings of each file were made from. */
  private readonly environments = new Map<string, RecordedEnvironment>();
  private readonly pending = new Set<Promise<void>>();
  private readonly subscriptions: vscode.Disposable[] = [];

  constructor(
    private readonly store: ServerStore,
    private readonly variables: WorkspaceVariables,
    private readonly files: WorkspaceFiles,
    private readonly log: vscode.LogOutputChannel,
  ) {
    const { workspace } = vscode;
    const watcher = workspace.createFileSystemWatcher(configFilePattern);
    const pluginFolders = workspace.createFileSystemWatcher('**/.claude-plugin');
    // Of a folder that comes or goes as a whole, no file in it need be told.
    const folders = workspace.createFileSystemWatcher('**', false, true, false);
    const refresh = (uri: vscode.Uri) => this.refresh(uri);
    this.subscriptions.push(
      watcher,
      watcher.onDidCreate(refresh),
      watcher.onDidChange(refresh),
      folders,
      folders.onDidCreate((uri) => this.track(this.loadUnder(uri))),
      folders.onDidDelete((uri) => this.refreshUnder(uri)),
      pluginFolders,
      pluginFolders.onDidCreate(() => this.refreshAll()),
      pluginFolders.onDidDelete(() => this.refreshAll()),
      // What is done in the Explorer is told here for certain; a watcher may miss a new folder's.
      workspace.onDidCreateFiles(({ files }) => files.forEach((uri) => this.appear(uri))),
      workspace.onDidDeleteFiles(({ files }) => files.forEach((uri) => this.refreshUnder(uri))),
      workspace.onDidRenameFiles(({ files }) =>
        files.forEach(({ oldUri, newUri }) => {
          this.refreshUnder(oldUri);
          this.appear(newUri);
        }),
      ),
      workspace.onDidOpenTextDocument(({ uri }) => this.refresh(uri)),
      workspace.onDidChangeTextDocument(({ document }) => this.refreshTyped(document)),
      workspace.onDidCloseTextDocument(({ uri }) => this.refresh(uri)),
      workspace.onDidChangeWorkspaceFolders(() => this.refreshAll()),
      workspace.onDidChangeConfiguration((event) => {
        if (affectsRules(event)) {
          this.recheck();
        }
      }),
      variables.onDidChange((change) => this.recheckVariables(change)),
      files.onDidChange((uri) => this.recheckFile(uri)),
    );
    this.refreshAll();
  }

  /** Reads everything anew: the workspace's files and the open documents. */
  refreshAll(): void {
    const location = vscode.ProgressLocation.Window;
    const title = 'Reading MCP configuration files';
    const work = vscode.window.withProgress({ location, title }, () => this.findAll());
    this.track(Promise.resolve(work));
  }

  /** Settles when every read that is under way is in the store. */
  async whenIdle(): Promise<void> {
    while (this.pending.size > 0) {
      await Promise.all(this.pending);
    }
  }

  /** The document's configuration and findings at its present version. */
  current(document: vscode.TextDocument): ConfigFile | undefined {
    const known = this.store.file(document.uri.toString());
    return known?.config.text === document.getText() ? known : this.readTyped(document);
  }

  /** What the rules go by for the file at `uri`: what is known beside it, and what was chosen. */
  optionsFor(uri: vscode.Uri): FindingOptions & { readonly environment: Environment } {
    const environment = this.variables.environmentFor(uri);
    const files = this.files.factsFor(uri);
    return { environment, files, ...readRuleSettings(uri) };
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private async findAll(): Promise<void> {
    const { workspace } = vscode;
    const found = await this.findInWorkspace();
    const uris = [...found, ...workspace.textDocuments.map(({ uri }) => uri)];
    const gone = this.store
      .allFiles()
      .map(({ id }) => vscode.Uri.parse(id, true))
      .filter((uri) => !uris.some((other) => other.toString() === uri.toString()));
    await Promise.all([...uris, ...gone].map((uri) => this.load(uri)));
  }

  /** One more than the most that are read: that tells whether there are more. */
  private async findInWorkspace(): Promise<readonly vscode.Uri[]> {
    const { findFiles } = vscode.workspace;
    const found = await findFiles(searchedFiles, excludedFolders, maxConfigFiles + 1);
    const isComplete = found.length <= maxConfigFiles;
    this.store.isComplete = isComplete;
    if (!isComplete) {
      this.log.warn(`More than ${maxConfigFiles} configuration files: the rest wait to be opened.`);
    }
    return found.slice(0, maxConfigFiles);
  }

  private refresh(uri: vscode.Uri): void {
    this.track(this.load(uri));
  }

  private appear(uri: vscode.Uri): void {
    this.refresh(uri);
    this.track(this.loadUnder(uri));
  }

  /** What is in a new folder, such as one that a checkout brings. */
  private async loadUnder(uri: vscode.Uri): Promise<void> {
    if (isInExcludedFolder(uri) || !(await isFolder(uri))) {
      return;
    }
    const inFolder = new vscode.RelativePattern(uri, configFilePattern);
    const found = await vscode.workspace.findFiles(inFolder, excludedFolders, maxConfigFiles);
    await Promise.all(found.map((file) => this.load(file)));
  }

  /** The file at `uri`, or every file in the folder that it was. */
  private refreshUnder(uri: vscode.Uri): void {
    const path = uri.toString();
    for (const { id } of this.store.allFiles()) {
      if (id === path || id.startsWith(`${path}/`)) {
        this.refresh(vscode.Uri.parse(id, true));
      }
    }
  }

  private track(work: Promise<void>): void {
    const tracked: Promise<void> = work
      .catch((error: unknown) => this.log.error(String(error)))
      .finally(() => this.pending.delete(tracked));
    this.pending.add(tracked);
  }

  private refreshTyped(document: vscode.TextDocument): void {
    const file = this.readTyped(document);
    if (file === undefined) {
      this.refresh(document.uri);
      return;
    }
    this.begin(file.id);
    this.store.setFile(file);
  }

  /** At once, where the place is known already: squiggles follow the typing. */
  private readTyped(document: vscode.TextDocument): ConfigFile | undefined {
    const place = this.places.get(document.uri.toString());
    return place && this.check(document.uri, parseMcpConfig(document.getText(), place));
  }

  private async load(uri: vscode.Uri): Promise<void> {
    const id = uri.toString();
    const turn = this.begin(id);
    const place = await findPlace(uri);
    const config = place && (await this.read(uri, place));
    if (config !== undefined) {
      await this.variables.prepare(uri);
    }
    if (this.latest.get(id) !== turn) {
      return;
    }
    if (place === undefined || config === undefined) {
      this.places.delete(id);
      this.environments.delete(id);
      this.store.removeFile(id);
      return;
    }
    this.places.set(id, place);
    this.store.setFile(this.check(uri, config));
  }

  /** A later read of the same file makes an earlier one stale. */
  private begin(id: string): number {
    const turn = (this.latest.get(id) ?? 0) + 1;
    this.latest.set(id, turn);
    return turn;
  }

  private async read(uri: vscode.Uri, place: Place): Promise<McpConfig | undefined> {
    const document = vscode.workspace.textDocuments.find(
      (open) => open.uri.toString() === uri.toString(),
    );
    if (document !== undefined) {
      return parseMcpConfig(document.getText(), place);
    }
    if (vscode.workspace.getWorkspaceFolder(uri) === undefined || isInExcludedFolder(uri)) {
      return undefined;
    }
    try {
      const { size, type } = await vscode.workspace.fs.stat(uri);
      if ((type & vscode.FileType.File) === 0) {
        return undefined;
      }
      if (size > maxFileBytes) {
        const fileProblem = { kind: 'too-large', bytes: size } as const;
        return { text: '', place, root: undefined, fileProblem, servers: [] };
      }
      const bytes = await vscode.workspace.fs.readFile(uri);
      return parseMcpConfig(new TextDecoder().decode(bytes), place);
    } catch (error) {
      // Gone meanwhile, or not for this user to read: either way there is nothing to show.
      this.log.info(`${labelOf(uri)} could not be read: ${String(error)}`);
      return undefined;
    }
  }

  private recheck(): void {
    for (const { id, config } of this.store.allFiles()) {
      this.store.setFile(this.check(vscode.Uri.parse(id, true), config));
    }
  }

  /** A file that asked for none of the names stays as it is. */
  private recheckVariables(change: VariableChange): void {
    for (const { id } of this.store.allFiles()) {
      const uri = vscode.Uri.parse(id, true);
      const isAsked = this.environments.get(id)?.dependsOn(change.names) ?? true;
      if (isAsked && this.variables.concerns(change, uri)) {
        this.recheckFile(uri);
      }
    }
  }

  private recheckFile(uri: vscode.Uri): void {
    const known = this.store.file(uri.toString());
    if (known !== undefined) {
      this.store.setFile(this.check(uri, known.config));
    }
  }

  private check(uri: vscode.Uri, config: McpConfig): ConfigFile {
    const id = uri.toString();
    const options = this.optionsFor(uri);
    const environment = recordLookups(options.environment);
    const findings = findFindings(config, { ...options, environment });
    this.environments.set(id, environment);
    return { id, label: labelOf(uri), config, findings };
  }
}
