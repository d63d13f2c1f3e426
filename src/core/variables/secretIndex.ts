/** That a value is kept, never the value. */
export interface StoredName {
  /** The URI of the workspace folder it is for; empty for files outside of any. */
  readonly scope: string;
  readonly name: string;
  readonly state: 'set' | 'empty';
}
/** What tells two kept values apart. */
export type SecretName = Omit<StoredName, 'state'>;

export function isSameName(a: SecretName, b: SecretName): boolean {
  return a.scope === b.scope && a.name === b.name;
}

/** With `added` in the place of those of the same name. */
export function withNames(
  names: readonly StoredName[],
  added: readonly StoredName[],
): readonly StoredName[] {
  return [...names.filter((entry) => !added.some((other) => isSameName(other, entry))), ...added];
}

/** One text for one list, whatever its order. */
export function formatIndex(names: readonly StoredName[]): string {
  const rows = names.map(({ scope, name, state }) => JSON.stringify([scope, name, state]));
  return `[${rows.sort().join(',')}]`;
}

/** What is no list of ours lists nothing: the values are found again as they are set again. */
export function parseIndex(text = '[]'): readonly StoredName[] {
  let rows: unknown;
  try {
    rows = JSON.parse(text);
  } catch {
    return [];
  }
  return (Array.isArray(rows) ? (rows as unknown[]) : []).flatMap((row) => {
    const [scope, name, state] = (Array.isArray(row) ? row : []) as unknown[];
    return typeof scope === 'string' &&
      typeof name === 'string' &&
      (state === 'set' || state === 'empty')
      ? [{ scope, name, state }]
      : [];
  });
}
