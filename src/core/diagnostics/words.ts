import { oneLine } from '../base/text';

/** Foreign text within a sentence: quoted, on one line, cut to size. */
export function shown(text: string, maxLength = 60): string {
  return `"${oneLine(text, maxLength)}"`;
}
