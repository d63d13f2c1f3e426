import { rangeBetween } from '../base/range';
import type { Occurrence } from './occurrence';

/**
 * Where a text for people speaks of one of `names`, as a whole word. A name that could be a word of
 * the language counts only where it is written as code.
 */
export function occurrencesInProse(
  text: string,
  names: ReadonlySet<string>,
): readonly Occurrence[] {
  return Array.from(text.matchAll(/(?<![\w-])[A-Za-z_]\w*(?![\w-])/g)).flatMap((match) => {
    const { 0: name, index: offset } = match;
    const end = offset + name.length;
    return names.has(name) && (isUnmistakable(name) || isCode(text, offset, end))
      ? [{ name, range: rangeBetween(offset, end), use: { kind: 'mention' } }]
      : [];
  });
}

function isUnmistakable(name: string): boolean {
  return /^[A-Z0-9]+(?:_[A-Z0-9]+)+$/.test(name);
}

/** `$NAME`, `${NAME`, `NAME=`, or between backquotes. */
function isCode(text: string, start: number, end: number): boolean {
  return (
    /[$`]$|\$\{$/.test(text.slice(Math.max(0, start - 2), start)) || /^[=`]/.test(text.charAt(end))
  );
}
