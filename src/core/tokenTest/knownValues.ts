import { mask } from '../base/mask';
import { Needles, restBits } from './needles';
import { decodedBytes, literalBytes, mayHoldEscapes, type PlainBytes } from './plainBytes';

/**
 * Masks every value in a text: as it is, in any letter case, in the encodings a server may use, and
 * where it stands within base64; the beginning of one too where a text ends because it was cut.
 * Takes time linear in the text, whatever the values are.
 */
export function createValueMasker(
  values: readonly string[],
): (text: string, end: 'whole' | 'cut') => string {
  const needles = new Needles();
  for (const value of new Set(values)) {
    addValue(needles, value);
  }
  return (text, end) => {
    const find = (plain: PlainBytes) => findRanges(needles, text, plain, end === 'cut');
    const ranges = find(literalBytes(text));
    return maskRanges(
      text,
      mayHoldEscapes(text) ? [...ranges, ...find(decodedBytes(text))] : ranges,
    );
  };
}

/** In bytes: enough of a value to know it by. What is longer is known by each of its parts. */
const partLength = 48;

function addValue(needles: Needles, value: string): void {
  // A Latin-1 byte that a server repeats within UTF-8 arrives as the replacement character.
  const lost = value.replace(/[^\0-\u007f]/gu, '\ufffd');
  for (const form of new Set([value, lost])) {
    addParts(needles, literalBytes(form).bytes);
    addParts(needles, decodedBytes(form).bytes);
  }
  for (const form of base64Forms(value)) {
    needles.add(literalBytes(form).bytes, 'base64');
  }
}

function addParts(needles: Needles, bytes: Uint8Array): void {
  if (bytes.length <= partLength) {
    needles.add(bytes, 'nothing');
    return;
  }
  needles.add(bytes.subarray(0, partLength), 'word');
  for (let start = partLength; start < bytes.length; start += partLength) {
    const end = Math.min(start + partLength, bytes.length);
    needles.add(bytes.subarray(end - partLength, end), 'nothing');
  }
}

/**
 * The value within a longer base64 text: at each of three offsets other characters, of which
 * those that depend on the neighbours are left out.
 */
function base64Forms(value: string): readonly string[] {
  const bytes = new TextEncoder().encode(value).subarray(0, partLength);
  return [0, 1, 2].flatMap((offset) => {
    const encoded = btoa('\0'.repeat(offset) + String.fromCharCode(...bytes));
    const end = Math.floor(((offset + bytes.length) * 8) / 6);
    const own = encoded.slice(Math.ceil((offset * 8) / 6), end);
    const forUrls = own.replaceAll('+', '-').replaceAll('/', '_');
    return own.length < 6 ? [] : [...new Set([own, forUrls])];
  });
}

type Range = readonly [start: number, end: number];

function findRanges(
  needles: Needles,
  text: string,
  plain: PlainBytes,
  isCut: boolean,
): readonly Range[] {
  const { bytes, starts, ends } = plain;
  const endOfBase64 = runReader(text, /[\w+/=%-]*/y);
  const endOfWord = runReader(text, /[^\s"'<>]*/y);
  const ranges: Range[] = [];
  const begun = needles.find(bytes, (hit) => {
    const start = starts[hit.start] ?? 0;
    let end = ends[hit.end - 1] ?? start;
    end = (hit.rests & restBits.base64) === 0 ? end : endOfBase64(end);
    end = (hit.rests & restBits.word) === 0 ? end : endOfWord(end);
    ranges.push([start, end]);
  });
  if (isCut && begun > 0) {
    ranges.push([starts[bytes.length - begun] ?? 0, text.length]);
  }
  return ranges;
}

/** Where a run of characters ends that goes on at a position; positions only grow. */
function runReader(text: string, run: RegExp): (position: number) => number {
  let [first, last] = [0, -1];
  return (position) => {
    if (position < first || position > last) {
      run.lastIndex = position;
      [first, last] = [position, position + (run.exec(text)?.[0].length ?? 0)];
    }
    return last;
  };
}

function maskRanges(text: string, ranges: readonly Range[]): string {
  const parts: string[] = [];
  let position = 0;
  let openEnd = -1;
  for (const [start, end] of [...ranges].sort(([a], [b]) => a - b)) {
    if (start > openEnd) {
      parts.push(text.slice(position, start), mask);
    }
    openEnd = Math.max(openEnd, end);
    position = openEnd;
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(position);
}
