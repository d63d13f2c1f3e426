/** A stretch of source text in UTF-16 code units, as `String.prototype.slice` counts them. */
export interface OffsetRange {
  readonly offset: number;
  readonly length: number;
}

/** Replaces `range` of one version of a text by `newText`. */
export interface TextEdit {
  readonly range: OffsetRange;
  readonly newText: string;
}

/** The range from `start` up to, not including, `end`. */
export function rangeBetween(start: number, end: number): OffsetRange {
  return { offset: start, length: end - start };
}

/** The end of `range`, exclusive. */
export function rangeEnd(range: OffsetRange): number {
  return range.offset + range.length;
}

/** Applies edits that do not overlap; they may come in any order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = [...edits].sort((a, b) => a.range.offset - b.range.offset);
  let result = '';
  let position = 0;
  for (const { range, newText } of ordered) {
    if (range.offset < position) {
      throw new RangeError('These edits overlap.');
    }
    result += text.slice(position, range.offset) + newText;
    position = rangeEnd(range);
  }
  return result + text.slice(position);
}
