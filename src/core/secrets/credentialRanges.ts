import { applyEdits, rangeBetween, rangeEnd, type OffsetRange } from '../base/range';
import { rangeInString } from '../config/json';
import type { McpConfig } from '../config/mcpConfig';
import { findSecrets } from './findSecrets';
import type { SecretSlot } from './secretMatch';
import { secretsIn } from './secretsIn';

/** A string literal, or what stands between two of them. */
interface Piece extends OffsetRange {
  readonly isLiteral: boolean;
  /** The literal before it: the name of a value, the flag of an argument. */
  readonly before: string;
}

/** Both kinds of quotes: a text that is not JSON is shown as well. */
const literal = /"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*"?|'[^'\\\r\n]*(?:\\.[^'\\\r\n]*)*'?|[\r\n]+/g;

const none: readonly OffsetRange[] = [];

/**
 * Where credentials stand in a text, to be covered where it is shown. It knows of more than the
 * rules report: comments, other parts of a configuration, and texts that are not JSON.
 */
export class CredentialRanges {
  private readonly pieces: readonly Piece[];
  private readonly found = new Map<Piece, readonly OffsetRange[]>();
  /** In order and apart from each other. */
  private readonly known: readonly OffsetRange[];

  /**
   * @param known those that were found by what the text means, in any order
   * @param read where the strings begin in which there are no others
   */
  constructor(
    private readonly text: string,
    known: readonly OffsetRange[],
    private readonly read: ReadonlySet<number> = new Set(),
  ) {
    this.pieces = findPieces(text);
    this.known = merge(known);
  }

  static of(config: McpConfig): CredentialRanges {
    const { text, servers, fileProblem } = config;
    const known = secretsIn(config).flatMap(({ leaf, secrets }) =>
      secrets.map(({ start, end }) => rangeInString(text, leaf, start, end)),
    );
    // In a text that is not JSON, a string may have lost the place that tells what it is.
    const leaves = fileProblem ? [] : servers.flatMap(({ strings }) => strings);
    return new CredentialRanges(text, known, new Set(leaves.map(({ range }) => range.offset)));
  }

  /** Those that `start`..`end` touches, in order and apart from each other. */
  within(start: number, end: number): readonly OffsetRange[] {
    const guessed = touching(this.pieces, start, end).flatMap((piece) => this.rangesIn(piece));
    return merge([
      ...touching(this.known, start, end),
      ...guessed.filter((range) => range.offset < end && rangeEnd(range) > start),
    ]);
  }

  /** The whole text with every credential covered. */
  maskText(): string {
    const ranges = this.within(0, this.text.length);
    return applyEdits(
      this.text,
      ranges.map((range) => ({ range, newText: '•••' })),
    );
  }

  private rangesIn(piece: Piece): readonly OffsetRange[] {
    const found = this.found.get(piece) ?? this.look(piece);
    this.found.set(piece, found);
    return found;
  }

  private look(piece: Piece): readonly OffsetRange[] {
    return this.read.has(piece.offset) ? none : guess(this.text, piece);
  }
}

/** Those of `ranges`, which are in order and apart from each other, that `start`..`end` touches. */
function touching<T extends OffsetRange>(
  ranges: readonly T[],
  start: number,
  end: number,
): readonly T[] {
  const first = firstWhere(ranges, (range) => rangeEnd(range) > start);
  const behind = firstWhere(ranges, (range) => range.offset >= end);
  return ranges.slice(first, behind);
}

/** The index of the first of `items` for which `holds`, as it does for all that follow. */
function firstWhere<T>(items: readonly T[], holds: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && !holds(item)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

function findPieces(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  let last = '';
  /** What belongs to whatever follows, if only a colon, a comma or the like stands between. */
  const addGap = (start: number): string => {
    const gap = text.slice(end, start);
    if (/[\p{L}\p{N}]/u.test(gap)) {
      pieces.push({ offset: end, length: start - end, isLiteral: false, before: last });
      return '';
    }
    return /^[\s:,=[]*$/.test(gap) ? last : '';
  };
  for (const { index, 0: source } of text.matchAll(literal)) {
    const before = addGap(index);
    end = index + source.length;
    if (source.startsWith('"') || source.startsWith("'")) {
      const isName = /^\s{0,9}:/.test(text.slice(end, end + 10));
      const { length } = source;
      pieces.push({ offset: index, length, isLiteral: true, before: isName ? '' : before });
      last = length < 200 ? source.slice(1, -1) : '';
    } else {
      last = before;
    }
  }
  addGap(text.length);
  return pieces;
}

/** What a string of unknown meaning could hide: read as a named value and as an argument. */
function guess(text: string, piece: Piece): readonly OffsetRange[] {
  const source = text.slice(piece.offset, rangeEnd(piece));
  const { value, isJson, start } = piece.isLiteral ? decode(source) : trim(source);
  const { before } = piece;
  const slots: readonly SecretSlot[] = [
    { kind: 'other', key: before },
    { kind: 'header', name: before },
    { kind: 'argument', index: 1, command: undefined, args: [before, value] },
    { kind: 'command' },
  ];
  const string = { value, range: { offset: piece.offset, length: piece.length } };
  return slots
    .flatMap((slot) => findSecrets(value, slot))
    .map((match) =>
      isJson
        ? rangeInString(text, string, match.start, match.end)
        : rangeBetween(piece.offset + start + match.start, piece.offset + start + match.end),
    );
}

interface Decoded {
  readonly value: string;
  /** Whether the escapes of JSON were read. */
  readonly isJson: boolean;
  /** Where the value starts in the source, escapes apart. */
  readonly start: number;
}

function decode(source: string): Decoded {
  try {
    return { value: String(JSON.parse(source)), isJson: true, start: 1 };
  } catch {
    return { value: source.slice(1).replace(/["']$/, ''), isJson: false, start: 1 };
  }
}

function trim(source: string): Decoded {
  const start = /^[\s:,=/#*]*/.exec(source)?.[0].length ?? 0;
  return { value: source.slice(start), isJson: false, start };
}

/** In order, those that overlap made one. */
function merge(ranges: readonly OffsetRange[]): readonly OffsetRange[] {
  const merged: OffsetRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.offset - b.offset)) {
    const last = merged.at(-1);
    if (last !== undefined && range.offset < rangeEnd(last)) {
      merged[merged.length - 1] = rangeBetween(
        last.offset,
        Math.max(rangeEnd(last), rangeEnd(range)),
      );
    } else {
      merged.push(range);
    }
  }
  return merged;
}
