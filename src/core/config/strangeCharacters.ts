/** A character that a reader does not see, or takes for another one. */
export interface StrangeCharacter {
  readonly index: number;
  /** As a noun with its article. */
  readonly description: string;
  /** What was meant in its place; empty for what is not seen at all. */
  readonly meant: string;
}

/**
 * Spaces that are none to a server, characters without width, and what a word processor
 * makes of quotes and hyphens.
 */
const strange =
  /[\u00a0\u00ad\u2000-\u2015\u2018\u2019\u201c\u201d\u2028-\u202f\u205f-\u2064\u2066-\u2069\u2212\u3000\ufeff]/g;

/** The same without its place in a text, so that one question leaves nothing to the next. */
const anyStrange = new RegExp(strange.source);

/** Every such character of `value`, in order. */
export function findStrangeCharacters(value: string): readonly StrangeCharacter[] {
  return Array.from(value.matchAll(strange), ({ 0: character, index }) => ({
    index,
    ...describe(character),
  }));
}

/** Whether there is one; the cheap question for strings that mostly have none. */
export function hasStrangeCharacter(value: string): boolean {
  return anyStrange.test(value);
}

function describe(character: string): Omit<StrangeCharacter, 'index'> {
  const code = `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  if (/[\u2018\u2019\u201c\u201d]/.test(character)) {
    return { description: `a typographic quote (${code})`, meant: '' };
  }
  if (/[\u2010-\u2015\u2212]/.test(character)) {
    return { description: `a typographic dash (${code})`, meant: '-' };
  }
  return /\s/.test(character) && character !== '\ufeff'
    ? { description: `a space of another kind (${code})`, meant: ' ' }
    : { description: `an invisible character (${code})`, meant: '' };
}
