/** Finds the one name of a set that another one was probably meant to be. */
export type NearNames = (name: string) => string | undefined;

/** A group of names that differ in one word: with more of them any guess is as good. */
const maxGroup = 40;

/**
 * An index of `names` for the slips that people make: another letter case, a `_` more or less, one
 * word misspelt. `DB_HOST` and `DB_PORT`, `KEY_1` and `KEY_2` are different names, not slips.
 * Building takes time linear in the names, asking does not depend on their number.
 */
export function createNearNames(names: Iterable<string>): NearNames {
  const known = new Set(names);
  const groups = new Map<string, string[]>();
  for (const name of known) {
    for (const key of keysOf(name)) {
      const group = groups.get(key) ?? [];
      groups.set(key, group);
      group.push(name);
    }
  }
  return (name) => {
    if (name.length < 5 || name.length > 100 || known.has(name)) {
      return undefined;
    }
    const near = new Set<string>();
    for (const key of keysOf(name)) {
      const group = groups.get(key) ?? [];
      for (const candidate of group.length > maxGroup ? [] : group) {
        if (isNear(name, candidate)) {
          near.add(candidate);
        }
      }
    }
    const [only, ...others] = near;
    return others.length === 0 ? only : undefined;
  };
}

/** The name without case and `_`, and with each of its words left open in turn. */
function keysOf(name: string): readonly string[] {
  if (name.length > 100) {
    return [];
  }
  const words = name.toUpperCase().split('_');
  const open = words.length > 12 ? [] : words.map((_, index) => words.with(index, '*').join('_'));
  return [words.join(''), ...open];
}

function isNear(name: string, candidate: string): boolean {
  const own = name.toUpperCase().split('_');
  const other = candidate.toUpperCase().split('_');
  if (own.join('') === other.join('')) {
    return true;
  }
  const index = own.findIndex((word, at) => word !== other[at]);
  const [word = '', meant = ''] = [own[index], other[index]];
  const shorter = Math.min(word.length, meant.length);
  if (/\d/.test(word + meant) || shorter < 4 || Math.max(word.length, meant.length) > 30) {
    return false;
  }
  return distance(word, meant) <= (shorter < 7 ? 1 : 2);
}

/** Insertions, deletions, exchanges and transpositions that make one word of the other. */
function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(
          (row[j - 1] ?? 0) + 1,
          (last[j] ?? 0) + 1,
          (last[j - 1] ?? 0) + (isSame ? 0 : 1),
          isSwapped ? (beforeLast[j - 2] ?? 0) + 1 : Infinity,
        ),
      );
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
