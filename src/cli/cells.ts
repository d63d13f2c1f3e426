/** One thing on a line of a terminal, and the stretch of the text that it stands for. */
export interface Cell {
  readonly text: string;
  /** In columns. */
  readonly width: number;
  readonly start: number;
  readonly end: number;
}

/** Two columns wide. @see https://www.unicode.org/reports/tr11/ */
const wide =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}]|[\u{20000}-\u{3fffd}]|\p{Emoji_Presentation})$/u;

/** What controls a terminal, reverses or hides text, or is half of a character. */
const unseen = /^[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u{e0100}-\u{e01ef}\ufe00-\ufe0f]$/u;

/** `start`..`end` of `text` as it may be shown: what would not be seen is named, tabs are blanks. */
export function cellsOf(text: string, start: number, end: number): readonly Cell[] {
  const cells: Cell[] = [];
  for (let at = start; at < end;) {
    const code = text.codePointAt(at) ?? 0xfffd;
    const next = at + (code > 0xffff ? 2 : 1);
    cells.push(
      code >= 0x20 && code < 0x7f
        ? { text: text.charAt(at), width: 1, start: at, end: next }
        : toCell(code, at, next),
    );
    at = next;
  }
  return cells;
}

function toCell(code: number, start: number, end: number): Cell {
  const character = String.fromCodePoint(code);
  if (character === '\t') {
    return { text: '  ', width: 2, start, end };
  }
  if (unseen.test(character)) {
    const name = `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
    return { text: name, width: name.length, start, end };
  }
  const width = wide.test(character) ? 2 : /^\p{M}$/u.test(character) ? 0 : 1;
  return { text: character, width, start, end };
}
