import { mask } from '../core/base/mask';
import { rangeBetween, rangeEnd, type OffsetRange } from '../core/base/range';
import type { CredentialRanges } from '../core/secrets/credentialRanges';
import { cellsOf, type Cell } from './cells';

/** A line of source as it is shown, and marks for the line below it. */
export interface CodeFrame {
  readonly source: string;
  readonly marks: string;
}

const cut = '…';

/** How much of a long line is shown before what it is about. */
const share = 1 / 3;

/**
 * The line of `text` where `range` starts, with marks under it and every credential covered. A line
 * that is longer than `width` is cut on both sides.
 */
export function codeFrame(
  text: string,
  range: OffsetRange,
  credentials: CredentialRanges,
  width: number,
): CodeFrame {
  const line = lineAround(text, range.offset, width);
  const cells = coveredCells(text, line, credentials.within(line.offset, rangeEnd(line)));
  const marked = (cell: Cell) =>
    cell.start < Math.max(rangeEnd(range), range.offset + 1) && cell.end > range.offset;
  const shown = fit(cells, cells.findIndex(marked), width, isCut(text, line));
  const marks = shown.map((cell) => (marked(cell) ? '^' : ' ').repeat(cell.width)).join('');
  const isAtEnd = !marks.includes('^');
  return {
    source: shown.map((cell) => cell.text).join(''),
    marks: isAtEnd ? `${marks}^` : marks.trimEnd(),
  };
}

/** The line at `offset`, as far as it can be within `width` of it: a file may have one line. */
function lineAround(text: string, offset: number, width: number): OffsetRange {
  const from = Math.max(0, offset - width);
  const before = /[^\r\n]*$/.exec(text.slice(from, offset))?.[0].length ?? 0;
  const after = /^[^\r\n]*/.exec(text.slice(offset, offset + width))?.[0].length ?? 0;
  return rangeBetween(offset - before, offset + after);
}

/** Whether the line goes on, before and after. */
function isCut(text: string, line: OffsetRange): readonly [boolean, boolean] {
  const goesOn = (at: number) => /[^\r\n]/.test(text[at] ?? '\n');
  return [goesOn(line.offset - 1), goesOn(rangeEnd(line))];
}

/** Of a credential that is cut nothing is shown either. */
function coveredCells(
  text: string,
  line: OffsetRange,
  credentials: readonly OffsetRange[],
): readonly Cell[] {
  const cells: Cell[] = [];
  let at = line.offset;
  for (const { offset, length } of credentials) {
    cells.push(...cellsOf(text, at, Math.max(at, offset)));
    at = Math.min(offset + length, rangeEnd(line));
    cells.push({ text: mask, width: mask.length, start: offset, end: offset + length });
  }
  return [...cells, ...cellsOf(text, at, rangeEnd(line))];
}

/** As many of `cells` as there is room for, with the one at `focus` among them. */
function fit(
  cells: readonly Cell[],
  focus: number,
  width: number,
  [isCutBefore, isCutAfter]: readonly [boolean, boolean],
): readonly Cell[] {
  const room = width - 2;
  let first = Math.max(0, focus);
  let used = cells[first]?.width ?? 0;
  const wanted = widthOf(cells) <= room ? room : room * share;
  while (first > 0 && used + (cells[first - 1]?.width ?? 0) <= wanted) {
    first--;
    used += cells[first]?.width ?? 0;
  }
  let last = Math.max(0, focus) + 1;
  while (last < cells.length && used + (cells[last]?.width ?? 0) <= room) {
    used += cells[last]?.width ?? 0;
    last++;
  }
  const shown = cells.slice(first, last);
  const mark = (at: number): Cell => ({ text: cut, width: 1, start: at, end: at });
  return [
    ...(isCutBefore || first > 0 ? [mark(-1)] : []),
    ...shown,
    ...(isCutAfter || last < cells.length ? [mark(-1)] : []),
  ];
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0);
}
