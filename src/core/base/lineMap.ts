/** A position as editors and the Language Server Protocol count it: both from zero, UTF-16. */
export interface LinePosition {
  readonly line: number;
  readonly character: number;
}

/** Offsets to lines, for text that no editor holds. Line ends are `\n`, `\r\n` and `\r`. */
export class LineMap {
  private readonly starts: readonly number[];

  constructor(private readonly text: string) {
    this.starts = [0, ...Array.from(text.matchAll(/\r\n|\n|\r/g), (m) => m.index + m[0].length)];
  }

  positionAt(offset: number): LinePosition {
    const bounded = Math.min(Math.max(offset, 0), this.text.length);
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.starts[middle] ?? 0) <= bounded) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return { line: low, character: bounded - (this.starts[low] ?? 0) };
  }
}
