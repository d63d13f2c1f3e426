import * as vscode from 'vscode';
import { occurrencesInConfig } from '../../core/variables/occurrencesInConfig';
import { toRange } from '../convert';
import { describeInConfig } from './hoverProvider';
import type { VariableDocuments } from './variableDocuments';
import type { WorkspaceVariables } from './workspaceVariables';

const setting = 'mcpAuth.variables.inlayHints';

/** A word behind each reference on what becomes of it, where a person has turned that on. */
export class VariableInlayHints implements vscode.InlayHintsProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable;

  readonly onDidChangeInlayHints = this.changed.event;

  constructor(
    private readonly documents: VariableDocuments,
    private readonly variables: WorkspaceVariables,
  ) {
    this.subscriptions = vscode.Disposable.from(
      this.changed,
      variables.onDidChange(() => this.changed.fire()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.changed.fire()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(setting)) {
          this.changed.fire();
        }
      }),
    );
  }

  async provideInlayHints(
    document: vscode.TextDocument,
    range: vscode.Range,
  ): Promise<vscode.InlayHint[]> {
    const { isTrusted } = vscode.workspace;
    const isOn = vscode.workspace.getConfiguration(undefined, document.uri).get(setting) === true;
    const file = isTrusted && isOn ? await this.documents.whenRead(document) : undefined;
    if (file === undefined) {
      return [];
    }
    const environment = this.variables.environmentFor(document.uri);
    return occurrencesInConfig(file.config).flatMap(({ name, use }) => {
      if (use.kind !== 'expanded') {
        return [];
      }
      const position = toRange(document, use.expression).end;
      const { short, sentence } = describeInConfig(file, name, use, environment);
      if (short === undefined || !range.contains(position)) {
        return [];
      }
      const hint = new vscode.InlayHint(position, short);
      hint.paddingLeft = true;
      hint.tooltip = sentence;
      return [hint];
    });
  }

  dispose(): void {
    this.subscriptions.dispose();
  }
}
