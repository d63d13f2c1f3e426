import { editDistance } from '../base/editDistance';

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
  return editDistance(word, meant) <= (shorter < 7 ? 1 : 2);
}
