import { rangeBetween, rangeEnd } from '../base/range';
import { dotEnvDefinitions } from './dotEnv';
import type { Occurrence } from './occurrence';

/**
 * The variables of a `.env` file in the order of the text: those that it sets, those to which their
 * values refer, and those on lines that are commented out.
 */
export function occurrencesInDotEnv(text: string): readonly Occurrence[] {
  const found: Occurrence[] = [];
  let behind = 0;
  for (const { name, nameRange, valueRange } of dotEnvDefinitions(text)) {
    const end = rangeEnd(valueRange);
    found.push(...commentedOut(text, behind, nameRange.offset));
    found.push({ name, range: nameRange, use: { kind: 'definition' } });
    found.push(...referencesIn(text, valueRange.offset, end));
    behind = end;
  }
  found.push(...commentedOut(text, behind, text.length));
  return found;
}

function range(offset: number, name: string) {
  return rangeBetween(offset, offset + name.length);
}

const commented = /^[ \t]*#[# \t]{0,9}(?:export[ \t]{1,9})?([A-Za-z_]\w*)[ \t]*=/gm;

/** `#NAME=` at the start of a line, as examples have what need not be set. */
function commentedOut(text: string, start: number, end: number): readonly Occurrence[] {
  return Array.from(text.slice(start, end).matchAll(commented)).flatMap((match) => {
    const [line, name = ''] = match;
    const at = start + match.index;
    // What is left of a line behind its value is a comment on that value.
    const isLineStart = at === 0 || /[\r\n]/.test(text.charAt(at - 1));
    return isLineStart
      ? [{ name, range: range(at + line.lastIndexOf(name), name), use: { kind: 'mention' } }]
      : [];
  });
}

/** Nothing is put into single quotes; a backslash keeps a dollar. */
function referencesIn(text: string, start: number, end: number): readonly Occurrence[] {
  const value = text.slice(start, end);
  return /^\s*'/.test(value)
    ? []
    : Array.from(value.matchAll(/(?<!\\)\$(?:\{([A-Za-z_]\w*)|([A-Za-z_]\w*))/g), (match) => {
        const name = match[1] ?? match[2] ?? '';
        const offset = start + match.index + match[0].length - name.length;
        return { name, range: range(offset, name), use: { kind: 'value' } };
      });
}
