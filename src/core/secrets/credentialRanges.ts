import { mask } from '../base/mask';
import { applyEdits, rangeBetween, rangeEnd, type OffsetRange } from '../base/range';
import { rangeInString } from '../config/json';
import type { McpConfig } from '../config/mcpConfig';
import { readCredentialName } from './credentialNames';
import { findSecrets } from './findSecrets';
import { findHiddenShapes } from './knownShapes';
import type { SecretSlot, Span } from './secretMatch';
import { secretsIn } from './secretsIn';

/** A string literal, or what stands between two of them. */
interface Piece extends OffsetRange {
  readonly isLiteral: boolean;
  /** The literal before it: the name of a value, the flag of an argument. */
  readonly before: string;
  /** The name of the list that it stands in, or of the object whose `value` it is. */
  readonly owner: string;
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
      ranges.map((range) => ({ range, newText: mask })),
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

/** Where the pieces stand to each other, as far as the text has been read. */
interface Surroundings {
  /** The literal that was read last, or the bare name behind it. */
  readonly last: string;
  readonly owner: string;
  readonly isInList: boolean;
}

function findPieces(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  let around: Surroundings = { last: '', owner: '', isInList: false };
  const addGap = (start: number): void => {
    const gap = text.slice(end, start);
    if (/[\p{L}\p{N}]/u.test(gap)) {
      const { last: before } = around;
      pieces.push({ offset: end, length: start - end, isLiteral: false, before, owner: '' });
    }
    around = behindGap(gap, around);
  };
  for (const { index, 0: source } of text.matchAll(literal)) {
    addGap(index);
    end = index + source.length;
    if (source.startsWith('"') || source.startsWith("'")) {
      const isName = /^\s{0,9}:/.test(text.slice(end, end + 10));
      const { last, isInList } = around;
      const before = isName ? '' : last;
      const owner = isInList || before === 'value' ? around.owner : '';
      pieces.push({ offset: index, length: source.length, isLiteral: true, before, owner });
      const inside = source.length < 200 ? source.slice(1, -1) : '';
      // `{ "name": "API_KEY", "value": "…" }`
      const isOwner = before === 'name' || before === 'key';
      around = { ...around, last: inside, ...(isOwner && { owner: inside }) };
    }
  }
  addGap(text.length);
  return pieces;
}

/** The last of `token = `, `token: [`. */
const bareName = /([A-Za-z_][\w.-]{0,99})\s{0,9}[:=][\s[{]{0,9}$/;

/** What belongs to whatever follows, if only a colon, a comma or the like stands between. */
function behindGap(gap: string, { last, owner, isInList }: Surroundings): Surroundings {
  const name = bareName.exec(gap.slice(-130))?.[1];
  const next = name ?? (/^[\s:,=[]*$/.test(gap) ? last : '');
  const opening = /[[{]\s*$/.exec(gap)?.[0].charAt(0);
  if (opening !== undefined) {
    const opened = name ?? (/^\s*[:=]/.test(gap) ? last : '');
    return { last: next, owner: opened, isInList: opening === '[' };
  }
  return /[\]}]/.test(gap)
    ? { last: next, owner: '', isInList: false }
    : { last: next, owner, isInList };
}

/** What a string of unknown meaning could hide: read as a named value and as an argument. */
function guess(text: string, piece: Piece): readonly OffsetRange[] {
  const source = text.slice(piece.offset, rangeEnd(piece));
  const { value, isJson, start } = piece.isLiteral ? decode(source) : trim(source);
  const { before, owner } = piece;
  const slots: readonly SecretSlot[] = [
    { kind: 'other', key: before },
    { kind: 'other', key: owner },
    { kind: 'header', name: before },
    { kind: 'argument', index: 1, command: undefined, args: [before, value] },
    { kind: 'command' },
  ];
  const string = { value, range: { offset: piece.offset, length: piece.length } };
  const found = [
    ...slots.flatMap((slot) => findSecrets(value, slot)),
    ...findHiddenShapes(value),
    ...(piece.isLiteral ? [] : [...bareSecrets(value), ...numbers(value, before)]),
  ];
  return found.map((match) =>
    isJson
      ? rangeInString(text, string, match.start, match.end)
      : rangeBetween(piece.offset + start + match.start, piece.offset + start + match.end),
  );
}

/** A number in the place of a password: a rule would call a short one common. */
function numbers(value: string, before: string): readonly Span[] {
  return /^\d{4,40}$/.test(value) && readCredentialName(before) !== undefined
    ? [{ start: 0, end: value.length }]
    : [];
}

/** In a text without quotes: each `name: value` between brackets and commas by itself. */
function bareSecrets(text: string): readonly Span[] {
  return Array.from(text.matchAll(/[^{}[\],;]+/g), ({ 0: part, index }) =>
    findSecrets(part, { kind: 'other', key: '' }).map(({ start, end }) => ({
      start: index + start,
      end: index + end,
    })),
  ).flat();
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
  let end = source.length;
  while (end > start && ' \t,;}]'.includes(source.charAt(end - 1))) {
    end--;
  }
  return { value: source.slice(start, end), isJson: false, start };
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
