import * as vscode from 'vscode';
import { changedNames, type NameStates } from '../../core/variables/nameStates';
import type { VariableChange } from './variableChange';

/** The values that this extension keeps for people; the names are known without asking. */
export interface VariableStore {
  namesFor(uri: vscode.Uri): ReadonlyMap<string, 'set' | 'empty'>;
  valueFor(uri: vscode.Uri, name: string): Promise<string | undefined>;
  readonly onDidChange: vscode.Event<void>;
}

/** Says of a store which names came and went: it tells no more than that something did. */
export class StoredVariables implements vscode.Disposable {
  private readonly known = new Map<string, { uri: vscode.Uri; states: NameStates }>();
  private readonly changed = new vscode.EventEmitter<VariableChange>();
  private readonly subscription: vscode.Disposable;

  readonly onDidChange = this.changed.event;

  constructor(private readonly store: VariableStore) {
    this.subscription = store.onDidChange(() => this.compare());
  }

  statesFor(uri: vscode.Uri): NameStates {
    const states = this.store.namesFor(uri);
    const key = vscode.workspace.getWorkspaceFolder(uri)?.uri.toString() ?? '';
    if (!this.known.has(key)) {
      this.known.set(key, { uri, states: new Map(states) });
    }
    return states;
  }

  valueFor(uri: vscode.Uri, name: string): Promise<string | undefined> {
    return this.store.valueFor(uri, name);
  }

  dispose(): void {
    vscode.Disposable.from(this.subscription, this.changed).dispose();
  }

  private compare(): void {
    for (const [key, { uri, states: before }] of this.known) {
      const states = new Map(this.store.namesFor(uri));
      this.known.set(key, { uri, states });
      const names = changedNames(before, states);
      if (names === 'any' || names.size > 0) {
        const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri;
        this.changed.fire({ names, ...(folder && { folder }) });
      }
    }
  }
}
