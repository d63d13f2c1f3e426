import * as vscode from 'vscode';
import type { SecretName, StoredName } from '../../core/variables/secretIndex';
import { indexKey, StoredSecrets } from '../../core/variables/storedSecrets';
import { UserFacingError } from '../ui/errorBoundary';

/**
 * The values that people keep in the keychain of their system, for each workspace folder. Nothing
 * is read on opening, and nothing in a workspace that is not trusted.
 */
export class SecretStore implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly secrets: StoredSecrets;
  private readonly subscriptions: readonly vscode.Disposable[];
  private isAsked = false;

  /** Names came or went, here or in another window. */
  readonly onDidChange = this.changed.event;

  constructor(
    storage: vscode.SecretStorage,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.secrets = new StoredSecrets(storage);
    this.subscriptions = [
      this.changed,
      this.secrets.onDidChange(() => this.changed.fire()),
      storage.onDidChange(({ key }) => {
        if (key === indexKey && this.isAsked) {
          this.reload();
        }
      }),
    ];
  }

  /**
   * The names that the configuration at `uri` can have a value for. The first question begins to
   * read; what there is to tell comes with `onDidChange`.
   */
  namesFor(uri: vscode.Uri): ReadonlyMap<string, StoredName['state']> {
    if (!vscode.workspace.isTrusted) {
      return new Map();
    }
    if (!this.isAsked) {
      this.isAsked = true;
      this.reload();
    }
    const own = scopeOf(uri);
    const { names } = this.secrets;
    const inScope = (wanted: string) =>
      names
        .filter(({ scope }) => scope === wanted)
        .map(({ name, state }) => [name, state] as const);
    return new Map([...inScope(''), ...inScope(own)]);
  }

  /**
   * For a run that a person started: the value of the folder, else the one of no folder.
   * @throws UserFacingError where the keychain does not answer
   */
  async valueFor(uri: vscode.Uri, name: string): Promise<string | undefined> {
    return (await this.valueOf({ scope: scopeOf(uri), name })) ?? this.valueOf({ scope: '', name });
  }

  /** @throws UserFacingError where the keychain does not answer */
  async valueOf(entry: SecretName): Promise<string | undefined> {
    if (!vscode.workspace.isTrusted) {
      return undefined;
    }
    return this.answer(this.secrets.value(entry), 'The value was not read.');
  }

  /**
   * Keeps all of `values`, by name, for the folder of `uri`, or none.
   * @throws UserFacingError where the keychain does not take them
   */
  async set(uri: vscode.Uri, values: ReadonlyMap<string, string>): Promise<void> {
    await this.answer(this.secrets.set(scopeOf(uri), values), 'Nothing was kept.');
  }

  /**
   * Every name of every folder, read now.
   * @throws UserFacingError where the keychain does not answer
   */
  async list(): Promise<readonly StoredName[]> {
    this.isAsked = true;
    await this.answer(this.secrets.reload(), 'Its names are not known.');
    return this.secrets.names;
  }

  /** @throws UserFacingError where the keychain does not answer */
  async delete(entries: readonly StoredName[]): Promise<void> {
    await this.answer(this.secrets.delete(entries), 'Some values may still be there.');
  }

  whenIdle(): Promise<void> {
    return this.secrets.whenIdle();
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private reload(): void {
    this.secrets.reload().catch((error: unknown) => {
      this.log.warn(`The names in the keychain were not read: ${reasonOf(error)}`);
    });
  }

  private async answer<T>(work: PromiseLike<T>, consequence: string): Promise<T> {
    try {
      return await work;
    } catch (error) {
      this.log.warn(`The keychain did not answer: ${reasonOf(error)}`);
      throw new UserFacingError(
        `The OS keychain did not answer. ${consequence} Unlock it, or on Linux start a keyring such as GNOME Keyring or KWallet, and try again.`,
      );
    }
  }
}

/** The scope of what is kept for the configuration at `uri`. */
export function scopeOf(uri: vscode.Uri): string {
  return vscode.workspace.getWorkspaceFolder(uri)?.uri.toString() ?? '';
}

/** What kind of failure it was: its words are not ours, and could quote what was to be kept. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
