import { createScanner, printParseErrorCode, type ParseError } from 'jsonc-parser';
import { applyEdits, rangeBetween, type OffsetRange, type TextEdit } from '../base/range';

/** Where a text stops being JSON, and why. */
export interface SyntaxProblem {
  readonly range: OffsetRange;
  /** A clause that ends "This is not JSON: …". */
  readonly reason: string;
}

/**
 * The first place where the text is not strict JSON. One is enough: the client stops there too,
 * and what follows is often its echo.
 * @see RFC 8259
 */
export function describeSyntaxProblem(
  text: string,
  errors: readonly ParseError[],
): SyntaxProblem | undefined {
  const first = errors.reduce<ParseError | undefined>(
    (least, error) => (least === undefined || error.offset < least.offset ? error : least),
    undefined,
  );
  if (first === undefined) {
    return undefined;
  }
  const comma = trailingCommaBefore(text, first.offset);
  if (comma !== undefined) {
    return { range: { offset: comma, length: 1 }, reason: 'a comma after the last item' };
  }
  const offset = Math.min(first.offset, Math.max(0, text.length - 1));
  const length = Math.max(1, Math.min(first.length, lineEnd(text, offset) - offset));
  return { range: { offset, length }, reason: reasonFor(first, text) };
}

function reasonFor({ error, offset }: ParseError, text: string): string {
  if (text.includes('\0')) {
    return 'the file is not text in UTF-8';
  }
  if (text[offset] === "'") {
    return 'strings need double quotes';
  }
  const before = text.slice(0, offset);
  switch (printParseErrorCode(error)) {
    case 'InvalidCommentToken':
      return 'comments are not allowed';
    case 'PropertyNameExpected':
      return 'a name in double quotes is expected here';
    case 'ValueExpected':
      return 'a value is expected here';
    case 'ColonExpected':
      return 'a colon is expected here';
    case 'CommaExpected':
      return 'a comma is expected here';
    case 'CloseBraceExpected':
      return 'a closing } is missing';
    case 'CloseBracketExpected':
      return 'a closing ] is missing';
    case 'EndOfFileExpected':
      return 'there is text after the end';
    case 'UnexpectedEndOfComment':
      return 'a comment is not closed';
    case 'UnexpectedEndOfString':
      return 'a string is not closed on its line';
    case 'InvalidUnicode':
    case 'InvalidEscapeCharacter':
      return 'this escape is not one that JSON knows';
    case 'InvalidCharacter':
      return 'a control character must be written as an escape';
    case 'InvalidNumberFormat':
    case 'UnexpectedEndOfNumber':
      return 'this is not a number that JSON knows';
    case 'InvalidSymbol':
      return reasonForSymbol(text, before);
    default:
      return onlyValues;
  }
}

const onlyValues =
  'only strings in double quotes, numbers, true, false, null, { } and [ ] are values';

/** A word without quotes: of another format, behind the end, as a key, or as a value. */
function reasonForSymbol(text: string, before: string): string {
  // A section of TOML or INI, or a key of YAML.
  if (
    /^\s*(?:\[\s*)?$/.test(before) &&
    /^[ \t]*(?:\[[\w.-]+\][ \t\r]*$|[\w-]+[ \t]*[=:])/m.test(text)
  ) {
    return 'this is the syntax of another format. Write {"mcpServers": {…}}';
  }
  if (isJson(before)) {
    return 'there is text after the end';
  }
  const isKey =
    /[{,]\s*$/.test(before) &&
    /^[^\s"'{}[\],:]{1,200}\s{0,20}:/.test(text.slice(before.length, before.length + 250));
  return isKey ? 'a key needs double quotes' : onlyValues;
}

/** The offset of a comma that is followed only by white space up to the bracket at `offset`. */
function trailingCommaBefore(text: string, offset: number): number | undefined {
  if (text[offset] !== '}' && text[offset] !== ']') {
    return undefined;
  }
  const before = text.slice(0, offset).trimEnd();
  return before.endsWith(',') ? before.length - 1 : undefined;
}

function lineEnd(text: string, offset: number): number {
  const end = text.slice(offset, offset + 200).search(/[\r\n]/);
  return end === -1 ? text.length : offset + end;
}

/** jsonc-parser's `SyntaxKind`, a const enum that `isolatedModules` cannot read. */
const token = {
  closeBrace: 2,
  closeBracket: 4,
  comma: 5,
  lineComment: 12,
  blockComment: 13,
  trivia: 14,
  lineBreak: 15,
  end: 17,
};

/**
 * Edits that remove comments and trailing commas, where that alone makes the text strict JSON;
 * otherwise `undefined`. Line breaks stay.
 */
export function strictJsonEdits(text: string): readonly TextEdit[] | undefined {
  const body = text.replace(/^\uFEFF/, ' ');
  const scanner = createScanner(body, false);
  const edits: TextEdit[] = [];
  let comma: OffsetRange | undefined;
  for (let kind: number = scanner.scan(); kind !== token.end; kind = scanner.scan()) {
    const range = { offset: scanner.getTokenOffset(), length: scanner.getTokenLength() };
    if (kind === token.lineComment || kind === token.blockComment) {
      edits.push(removeComment(body, range));
    } else if (kind === token.closeBrace || kind === token.closeBracket) {
      edits.push(...(comma ? [{ range: comma, newText: '' }] : []));
      comma = undefined;
    } else if (kind === token.comma) {
      comma = range;
    } else if (kind !== token.trivia && kind !== token.lineBreak) {
      comma = undefined;
    }
  }
  return edits.length > 0 && isJson(applyEdits(body, edits)) ? edits : undefined;
}

/** Without the blanks before it and, where it has the line for itself, without the line. */
function removeComment(text: string, { offset, length }: OffsetRange): TextEdit {
  let start = offset;
  while (text[start - 1] === ' ' || text[start - 1] === '\t') {
    start--;
  }
  const end = offset + length;
  const endsLine = /^(?:\r?\n|\r|$)/.exec(text.slice(end, end + 2))?.[0];
  if (endsLine === undefined) {
    // Something follows on the line: a space keeps two tokens apart.
    return { range: rangeBetween(start, end), newText: ' ' };
  }
  const hasOwnLine = /^[\r\n]?$/.test(text[start - 1] ?? '');
  return { range: rangeBetween(start, hasOwnLine ? end + endsLine.length : end), newText: '' };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
