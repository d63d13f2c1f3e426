import type { LinePart } from '../shell/curlLine/namedRequest';

/**
 * Words that stand for variables while an address and headers are put together, and are found in
 * what became of them. An address leaves them as they are, wherever they stand in it but in its
 * scheme and port.
 */
export class NameMarks {
  private readonly names: string[] = [];
  private prefix = 'mcpname';

  /** @param texts in which none of the words may stand by chance */
  constructor(texts: readonly string[]) {
    while (texts.some((text) => text.toLowerCase().includes(this.prefix))) {
      this.prefix += 'x';
    }
  }

  markFor(name: string): string {
    const index = this.names.includes(name) ? this.names.indexOf(name) : this.names.push(name) - 1;
    return `${this.prefix}${index}x`;
  }

  isIn(text: string): boolean {
    return text.includes(this.prefix);
  }

  split(text: string): readonly LinePart[] {
    const pieces = text.split(new RegExp(`${this.prefix}(\\d+)x`));
    return pieces.map((piece, index) =>
      index % 2 === 0 ? piece : { variable: this.names[Number(piece)] ?? '' },
    );
  }
}
