import { sliceLayer, type Layer } from './layer';

/**
 * The words of a command line, quotes included, each as a layer of its own. Good enough to tell a
 * flag from its value: `;`, `&&` and `||` end a word, substitutions are not looked into.
 */
export function shellWords(layer: Layer): readonly Layer[] {
  const { text } = layer;
  const words: Layer[] = [];
  let start = 0;
  const close = (end: number) => {
    if (end > start) {
      words.push(sliceLayer(layer, start, end));
    }
  };
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === '\\') {
      index++;
    } else if (character === '"' || character === "'") {
      index = endOfQuote(text, index);
    } else if (/[\s;]/.test(character)) {
      close(index);
      start = index + 1;
    } else if (/[&|]/.test(character) && text[index + 1] === character) {
      close(index);
      start = index + 2;
      index++;
    }
  }
  close(text.length);
  return words;
}

/** The index of the closing quote, or of the last character where the quote stays open. */
function endOfQuote(text: string, start: number): number {
  const quote = text[start];
  for (let index = start + 1; index < text.length; index++) {
    if (text[index] === quote) {
      return index;
    }
    if (text[index] === '\\' && quote === '"') {
      index++;
    }
  }
  return text.length - 1;
}
