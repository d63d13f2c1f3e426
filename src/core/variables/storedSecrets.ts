import { Emitter } from '../base/event';
import {
  formatIndex,
  isSameName,
  parseIndex,
  withNames,
  type SecretName,
  type StoredName,
} from './secretIndex';

/** A keychain as VS Code's `SecretStorage` is one: texts by key, and no list of the keys. */
export interface Keychain {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

/** Under this key is the list of names. It tells which services a person uses: it is kept as well. */
export const indexKey = 'secretNames';

/** How often the list is written again when another window wrote it at the same time. */
const attempts = 5;

/**
 * The values that people keep, and the list of their names. Windows share the keychain and cannot
 * lock it. So the value decides: a name that another window's list has lost is put back while its
 * value is there, and a deletion takes the value away first.
 */
export class StoredSecrets {
  private known: readonly StoredName[] = [];
  private last: Promise<unknown> = Promise.resolve();
  private readonly changed = new Emitter<void>();

  readonly onDidChange = this.changed.event;

  constructor(private readonly keychain: Keychain) {}

  /** As they were read last, by scope and name. */
  get names(): readonly StoredName[] {
    return this.known;
  }

  /** Rejects where the keychain does. */
  value({ scope, name }: SecretName): PromiseLike<string | undefined> {
    return this.keychain.get(keyOf(scope, name));
  }

  /** Reads the list again, and puts back what another window dropped by accident. */
  reload(): Promise<void> {
    return this.inTurn(async () => {
      const listed = parseIndex(await this.keychain.get(indexKey));
      const lost: StoredName[] = [];
      for (const entry of this.known) {
        const isListed = listed.some((other) => isSameName(other, entry));
        if (!isListed && (await this.value(entry)) !== undefined) {
          lost.push(entry);
        }
      }
      await (lost.length > 0 ? this.write((names) => withNames(names, lost)) : this.show(listed));
    });
  }

  /**
   * Keeps all of `values`, by name, or none.
   * @throws what the keychain throws, or an Error where it does not give back what it took
   */
  set(scope: string, values: ReadonlyMap<string, string>): Promise<void> {
    return this.inTurn(async () => {
      const before = new Map<string, string | undefined>();
      try {
        for (const [name, value] of values) {
          const key = keyOf(scope, name);
          before.set(key, await this.keychain.get(key));
          await this.keychain.store(key, value);
          if ((await this.keychain.get(key)) !== value) {
            throw new Error('The keychain did not keep the value.');
          }
        }
        const added = Array.from(values, ([name, value]): StoredName => {
          return { scope, name, state: value === '' ? 'empty' : 'set' };
        });
        await this.write((names) => withNames(names, added));
      } catch (error) {
        await this.restore(before);
        throw error;
      }
    });
  }

  delete(gone: readonly StoredName[]): Promise<void> {
    return this.inTurn(async () => {
      for (const { scope, name } of gone) {
        await this.keychain.delete(keyOf(scope, name));
      }
      await this.write((names) =>
        names.filter((entry) => !gone.some((other) => isSameName(other, entry))),
      );
    });
  }

  /** Settles when everything that was asked for is done. */
  async whenIdle(): Promise<void> {
    await this.last.catch(() => undefined);
  }

  /** What is asked for here never overlaps; windows are another matter. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.catch(() => undefined).then(work);
    this.last = turn;
    return turn;
  }

  private async write(
    change: (names: readonly StoredName[]) => readonly StoredName[],
  ): Promise<void> {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const before = parseIndex(await this.keychain.get(indexKey));
      await this.keychain.store(indexKey, formatIndex(change(before)));
      const after = parseIndex(await this.keychain.get(indexKey));
      if (formatIndex(change(after)) === formatIndex(after)) {
        this.show(after);
        return;
      }
    }
    throw new Error('The keychain did not keep the list of names.');
  }

  private async restore(before: ReadonlyMap<string, string | undefined>): Promise<void> {
    for (const [key, value] of before) {
      try {
        await (value === undefined ? this.keychain.delete(key) : this.keychain.store(key, value));
      } catch {
        // The keychain has failed already; the first failure is the one to tell.
      }
    }
  }

  private show(names: readonly StoredName[]): void {
    const isChanged = formatIndex(names) !== formatIndex(this.known);
    this.known = names;
    if (isChanged) {
      this.changed.fire();
    }
  }
}

function keyOf(scope: string, name: string): string {
  return `secret:${JSON.stringify([scope, name])}`;
}
