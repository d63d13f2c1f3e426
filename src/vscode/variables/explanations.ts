import * as vscode from 'vscode';
import { oneLine } from '../../core/base/text';
import type { Lookup } from '../../core/config/expansion';
import type { McpServer } from '../../core/config/mcpConfig';
import { serverState } from '../../core/servers/serverState';
import { serverId, type ServerStore } from '../../core/servers/serverStore';
import { expandAll } from '../../core/variables/explainServer';
import { formatExplanation } from '../../core/variables/explanationReport';
import type { WorkspaceFiles } from '../helperScripts/workspaceFiles';
import type { VariableChange } from './variableChange';
import { withVariables } from './withVariables';
import type { WorkspaceVariables } from './workspaceVariables';

const scheme = 'mcp-auth-becomes';

/** What a person asked about. */
export interface ExplanationSubject {
  /** The URI of the configuration. */
  readonly file: string;
  /** The one server, by its id. */
  readonly server?: string;
  /** Only what this variable has a part in. */
  readonly name?: string;
}

/** Virtual Markdown documents that follow the file and the variables while they are open. */
export class Explanations implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  /** Those that were read, by their URI. */
  private readonly shown = new Map<string, ExplanationSubject>();
  private readonly subscriptions: readonly vscode.Disposable[];

  constructor(
    private readonly store: ServerStore,
    private readonly variables: WorkspaceVariables,
    private readonly files: WorkspaceFiles,
  ) {
    const { workspace } = vscode;
    this.subscriptions = [
      this.changed,
      workspace.registerTextDocumentContentProvider(scheme, {
        onDidChange: this.changed.event,
        provideTextDocumentContent: (uri) => this.write(uri),
      }),
      workspace.onDidCloseTextDocument(({ uri }) => this.shown.delete(uri.toString())),
      store.onDidChange((id) => this.refresh(({ file }) => file === id)),
      variables.onDidChange((change) => this.refreshFor(change)),
      // What a value refers to is told as well, and has no state.
      variables.onDidReadAgain((change) => this.refreshFor(change)),
      files.onDidChange((uri) => this.refresh(({ file }) => file === uri.toString())),
    ];
  }

  async show(subject: ExplanationSubject, title: string): Promise<void> {
    const path = `/What ${oneLine(title, 60).replace(/[\\/]/g, '_')} becomes.md`;
    const uri = vscode.Uri.from({ scheme, path, query: JSON.stringify(subject) });
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private refreshFor(change: VariableChange): void {
    this.refresh(({ file }) => this.variables.concerns(change, vscode.Uri.parse(file, true)));
  }

  private refresh(concerns: (subject: ExplanationSubject) => boolean): void {
    for (const [uri, subject] of this.shown) {
      if (concerns(subject)) {
        this.changed.fire(vscode.Uri.parse(uri, true));
      }
    }
  }

  private async write(uri: vscode.Uri): Promise<string> {
    if (!vscode.workspace.isTrusted) {
      return 'What values become is told in a trusted workspace alone: variables are not read here.\n';
    }
    const subject = JSON.parse(uri.query) as ExplanationSubject;
    this.shown.set(uri.toString(), subject);
    const file = this.store.file(subject.file);
    if (file === undefined) {
      return 'This configuration is not there any more.\n';
    }
    const records = this.store
      .servers(file)
      .filter((record) => !subject.server || serverId(file, record.server) === subject.server);
    const servers = records.map(({ server }) => server);
    const at = vscode.Uri.parse(subject.file, true);
    const context = {
      environment: this.variables.environmentFor(at),
      lookup: await this.valuesFor(at, servers),
      files: this.files.factsFor(at),
    };
    const { label, config } = file;
    const named = subject.name === undefined ? {} : { name: subject.name };
    return formatExplanation({ label, config, servers, ...named }, context, (server) => {
      const record = records.find((it) => it.server === server);
      const state = record && serverState(record, Date.now());
      return state?.kind === 'will-not-load' ? state.reason : '';
    });
  }

  /** Values as Claude Code finds them. */
  private valuesFor(uri: vscode.Uri, servers: readonly McpServer[]): Promise<Lookup> {
    return withVariables(
      (lookup) => {
        servers.forEach((server) => expandAll(server, lookup));
        return lookup;
      },
      async (name) => {
        const found = await this.variables.resolve(uri, name);
        return found?.isSeenByClaude === true ? found.value : undefined;
      },
    );
  }
}
