import { rangeEnd, type OffsetRange } from '../base/range';
import type { OutputProblem } from './printedJson';
import { trimRange, type SourceCode } from './sourceCode';

/** One `key: value` of an object that is written out in Python or JavaScript. */
export interface LiteralEntry {
  readonly key: string;
  readonly keyRange: OffsetRange;
  readonly value: OffsetRange;
}

/** The entries of the object or dictionary at `range`; `undefined` where there is none. */
export function readLiteralObject(
  text: string,
  { code, strings }: SourceCode,
  range: OffsetRange,
): readonly LiteralEntry[] | undefined {
  const end = rangeEnd(range) - 1;
  if (code[range.offset] !== '{' || code[end] !== '}') {
    return undefined;
  }
  const entries: LiteralEntry[] = [];
  let depth = 0;
  let start = range.offset + 1;
  let colon: number | undefined;
  for (let index = start; index <= end; index++) {
    const character = code.charAt(index);
    if ((character === ',' && depth === 0) || index === end) {
      if (colon !== undefined) {
        const keyRange = trimRange(code, start, colon);
        const literal = strings.get(keyRange.offset);
        const content = literal?.content ?? keyRange;
        const key = text.slice(content.offset, rangeEnd(content));
        entries.push({ key, keyRange: content, value: trimRange(code, colon + 1, index) });
      }
      start = index + 1;
      colon = undefined;
    } else if ('([{'.includes(character)) {
      depth++;
    } else if (')]}'.includes(character)) {
      depth--;
    } else if (character === ':' && depth === 0) {
      colon ??= index;
    }
  }
  return entries;
}

/** What is wrong with a value that is written out, printed as JSON. */
export function findLiteralProblem(
  text: string,
  source: SourceCode,
  range: OffsetRange,
): OutputProblem | undefined {
  if (source.code[range.offset] === '[') {
    return { kind: 'list' };
  }
  for (const { key, value } of readLiteralObject(text, source, range) ?? []) {
    const written = source.code.slice(value.offset, rangeEnd(value));
    const found = kindOf(written);
    if (found !== undefined) {
      return key.toLowerCase() === 'headers' && found === 'object'
        ? { kind: 'wrapped' }
        : { kind: 'not-string', name: key, found };
    }
  }
  return undefined;
}

/** The kind of a value that is certainly no string. */
function kindOf(written: string): string | undefined {
  if (/^(?:true|false|True|False)$/.test(written)) {
    return 'boolean';
  }
  if (/^(?:null|None)$/.test(written)) {
    return 'null';
  }
  if (/^-?\d[\d.]*$/.test(written)) {
    return 'number';
  }
  const isWhole = /^\{[^]*\}$/.test(written);
  return isWhole ? 'object' : undefined;
}
