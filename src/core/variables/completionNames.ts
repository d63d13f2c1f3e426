import { isBlankedLocally, isBlankedName } from '../config/dialects/blankedNames';
import type { ExpandedUse } from './occurrence';

/** Names that are known from one place. */
export interface NameGroup {
  readonly names: Iterable<string>;
  /** Where from, as it stands behind a name in a list. */
  readonly detail: (name: string) => string;
}

export interface CompletionName {
  readonly name: string;
  readonly detail: string;
  /** Sorts the groups in their order, and names within a group. */
  readonly sortText: string;
}

/**
 * The names to offer behind `${`, each once, from the first group that has it. Those that would
 * always read as empty there are left out, and so is what cannot stand between the braces.
 */
export function completionNames(
  groups: readonly NameGroup[],
  target: ExpandedUse['target'],
): readonly CompletionName[] {
  const isBlank = target === 'local' ? isBlankedLocally : isBlankedName;
  const found = new Map<string, CompletionName>();
  groups.forEach(({ names, detail }, group) => {
    for (const name of names) {
      if (!found.has(name) && /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !isBlank(name)) {
        found.set(name, { name, detail: detail(name), sortText: `${group} ${name}` });
      }
    }
  });
  return [...found.values()];
}
