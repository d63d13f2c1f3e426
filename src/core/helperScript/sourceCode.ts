import { rangeBetween, type OffsetRange } from '../base/range';
import type { Span } from '../secrets/secretMatch';

/** A string literal of Python or JavaScript. */
export interface StringLiteral extends Span {
  /** Between the quotes, escapes as written. */
  readonly content: OffsetRange;
  /** Values are put into it: an f-string, a template. */
  readonly isTemplate: boolean;
}

/** A text in which code, comments and strings are told apart. */
export interface SourceCode {
  /** As long as the text; comments and the insides of strings are spaces. */
  readonly code: string;
  /** By the offset of their first character, a prefix such as `f` included. */
  readonly strings: ReadonlyMap<number, StringLiteral>;
}

/** A call, with its arguments where they are written out. */
export interface Call {
  readonly name: OffsetRange;
  /** From behind the opening to the closing parenthesis. */
  readonly inside: OffsetRange;
  readonly args: readonly OffsetRange[];
}

type CodeLanguage = 'python' | 'node';

const tokens: Readonly<Record<CodeLanguage, RegExp>> = {
  python: /#[^\n]*|([A-Za-z]{0,2})("""|'''|"|')/g,
  node: /\/\/[^\n]*|\/\*|()("|'|`)|(?<=[(,=:[!&|?{};\n]\s{0,20})\/(?![/*])(?:\\.|[^\\/\n]){1,500}\//g,
};

/** Splits `text` in one pass; a string that stays open ends with its line, or with the text. */
export function readSource(text: string, language: CodeLanguage): SourceCode {
  const strings = new Map<number, StringLiteral>();
  const parts: string[] = [];
  const pattern = new RegExp(tokens[language]);
  let position = 0;
  const blank = (start: number, end: number) => {
    parts.push(text.slice(position, start), text.slice(start, end).replace(/[^\n]/g, ' '));
    position = end;
  };
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [whole, prefix = '', quote] = match;
    let end = match.index + whole.length;
    if (whole === '/*') {
      const close = text.indexOf('*/', end);
      end = close === -1 ? text.length : close + 2;
      blank(match.index, end);
    } else if (quote === undefined) {
      blank(match.index, end);
    } else {
      const close = closingQuote(text, end, quote);
      const isTemplate = quote === '`' || /f/i.test(prefix);
      blank(end, close);
      const content = rangeBetween(end, close);
      end = Math.min(close + quote.length, text.length);
      strings.set(match.index, { start: match.index, end, content, isTemplate });
    }
    pattern.lastIndex = end;
  }
  parts.push(text.slice(position));
  return { code: parts.join(''), strings };
}

function closingQuote(text: string, start: number, quote: string): number {
  const spansLines = quote.length > 1 || quote === '`';
  for (let index = start; index < text.length; index++) {
    if (text.startsWith(quote, index)) {
      return index;
    }
    if (text[index] === '\\') {
      index++;
    } else if (text[index] === '\n' && !spansLines) {
      return index;
    }
  }
  return text.length;
}

/** A call is not followed further than this. */
const longestCall = 4000;

/** The calls of what `name` matches; calls that do not close nearby are left out. */
export function findCalls({ code }: SourceCode, name: RegExp): readonly Call[] {
  return Array.from(code.matchAll(name), (match) => {
    const end = match.index + match[0].length;
    return readCall(code, rangeBetween(match.index, end));
  }).filter((call) => call !== undefined);
}

/** The call of what `name`, a sticky pattern, matches at `offset`. */
export function callAt({ code }: SourceCode, offset: number, name: RegExp): Call | undefined {
  name.lastIndex = offset;
  const match = name.exec(code);
  return match === null ? undefined : readCall(code, rangeBetween(offset, name.lastIndex));
}

function readCall(code: string, name: OffsetRange): Call | undefined {
  const open = name.offset + name.length;
  if (code[open] !== '(') {
    return undefined;
  }
  const args: OffsetRange[] = [];
  let depth = 0;
  let start = open + 1;
  const last = Math.min(code.length, open + longestCall);
  for (let index = open; index < last; index++) {
    const character = code.charAt(index);
    if ('([{'.includes(character)) {
      depth++;
    } else if (')]}'.includes(character)) {
      depth--;
    }
    if (depth === 0 || (depth === 1 && character === ',')) {
      if (code.slice(start, index).trim() !== '' || character === ',') {
        args.push(trimRange(code, start, index));
      }
      start = index + 1;
    }
    if (depth === 0) {
      return { name, inside: rangeBetween(open + 1, index), args };
    }
  }
  return undefined;
}

/** The stretch without the white space around it. */
export function trimRange(code: string, start: number, end: number): OffsetRange {
  const source = code.slice(start, end);
  const from = start + source.length - source.trimStart().length;
  return rangeBetween(from, Math.max(from, start + source.trimEnd().length));
}
