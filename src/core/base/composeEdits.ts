import { rangeBetween, rangeEnd, type OffsetRange, type TextEdit } from './range';

/** A stretch of the first text that is still there, or what came in. */
type Piece =
  | ({ readonly kind: 'kept' } & OffsetRange)
  | { readonly kind: 'new'; readonly length: number; readonly text: string };

/**
 * Several rounds of edits, each for the text that the one before it left, as one round for the
 * first text. What no round touched, the result does not touch either.
 */
export function composeEdits(
  text: string,
  rounds: readonly (readonly TextEdit[])[],
): readonly TextEdit[] {
  let pieces: readonly Piece[] = [{ kind: 'kept', offset: 0, length: text.length }];
  for (const edits of rounds) {
    pieces = applyToPieces(pieces, edits);
  }
  return toEdits(pieces, text.length);
}

function applyToPieces(pieces: readonly Piece[], edits: readonly TextEdit[]): readonly Piece[] {
  const take = takeFrom(pieces);
  const result: Piece[] = [];
  let position = 0;
  for (const { range, newText } of [...edits].sort((a, b) => a.range.offset - b.range.offset)) {
    result.push(...take(range.offset - position));
    take(range.length);
    result.push({ kind: 'new', length: newText.length, text: newText });
    position = rangeEnd(range);
  }
  result.push(...take(Infinity));
  return result;
}

/** Hands out the pieces in order, so many characters at a time. */
function takeFrom(pieces: readonly Piece[]): (length: number) => readonly Piece[] {
  let index = 0;
  let used = 0;
  return (length) => {
    const taken: Piece[] = [];
    let left = length;
    for (let piece = pieces[index]; piece !== undefined && left > 0; piece = pieces[index]) {
      const part = slice(piece, used, Math.min(piece.length, used + left));
      taken.push(part);
      left -= part.length;
      used += part.length;
      if (used === piece.length) {
        index++;
        used = 0;
      }
    }
    return taken;
  };
}

function slice(piece: Piece, start: number, end: number): Piece {
  const length = end - start;
  return piece.kind === 'kept'
    ? { kind: 'kept', offset: piece.offset + start, length }
    : { kind: 'new', length, text: piece.text.slice(start, end) };
}

/** What stands between two kept pieces takes the place of what stood there. */
function toEdits(pieces: readonly Piece[], length: number): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let position = 0;
  let newText = '';
  const close = (end: number) => {
    if (newText !== '' || end > position) {
      edits.push({ range: rangeBetween(position, end), newText });
    }
    newText = '';
  };
  for (const piece of pieces) {
    if (piece.kind === 'new') {
      newText += piece.text;
    } else {
      close(piece.offset);
      position = rangeEnd(piece);
    }
  }
  close(length);
  return edits;
}
