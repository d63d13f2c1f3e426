/**
 * A text taken out of a value: a stretch of it, or what a stretch says once its escapes are read.
 * `at(index)` is where the character stands in the value, `at(text.length)` where the text ends.
 */
export interface Layer {
  readonly text: string;
  readonly at: (index: number) => number;
}

/** A class: a long value has tens of thousands of stretches, and closures are dearer. */
class Stretch implements Layer {
  constructor(
    readonly text: string,
    readonly origin: Layer | undefined,
    readonly start: number,
  ) {}

  at(index: number): number {
    const own = this.start + index;
    return this.origin === undefined ? own : this.origin.at(own);
  }
}

export function layerOf(value: string): Layer {
  return new Stretch(value, undefined, 0);
}

export function sliceLayer(layer: Layer, start: number, end = layer.text.length): Layer {
  const text = layer.text.slice(start, end);
  return layer instanceof Stretch
    ? new Stretch(text, layer.origin, layer.start + start)
    : new Stretch(text, layer, start);
}

export function trimLayer(layer: Layer): Layer {
  const { text } = layer;
  if (text.trim().length === text.length) {
    return layer;
  }
  const start = text.length - text.trimStart().length;
  return sliceLayer(layer, start, Math.max(start, text.trimEnd().length));
}

const simpleEscapes: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Reads the backslash escapes of a JSON or double-quoted shell string. @see RFC 8259 §7 */
export function unescapeLayer(layer: Layer): Layer {
  const { text } = layer;
  if (!text.includes('\\')) {
    return layer;
  }
  const characters: string[] = [];
  const offsets: number[] = [];
  for (let index = 0; index < text.length;) {
    offsets.push(layer.at(index));
    const [character, length] = readCharacter(text, index);
    characters.push(character);
    index += length;
  }
  const end = layer.at(text.length);
  offsets.push(end);
  return { text: characters.join(''), at: (index) => offsets[index] ?? end };
}

function readCharacter(text: string, index: number): readonly [character: string, length: number] {
  const character = text.charAt(index);
  const escaped = text.charAt(index + 1);
  if (character !== '\\' || escaped === '') {
    return [character, 1];
  }
  const code = text.slice(index + 2, index + 6);
  if (escaped === 'u' && /^[0-9a-f]{4}$/i.test(code)) {
    return [String.fromCharCode(parseInt(code, 16)), 6];
  }
  return [simpleEscapes[escaped] ?? escaped, 2];
}

/** The inside of a text that is quoted as a whole; `undefined` where it is not. */
export function unquoteLayer(layer: Layer): Layer | undefined {
  const { text } = layer;
  const quote = text.charAt(0);
  const last = text.length - 1;
  if (last < 1 || !['"', "'"].includes(quote) || !text.endsWith(quote)) {
    return undefined;
  }
  const inside = sliceLayer(layer, 1, last);
  if (closesEarly(inside.text, quote)) {
    return undefined;
  }
  return quote === '"' ? unescapeLayer(inside) : inside;
}

function closesEarly(text: string, quote: string): boolean {
  for (let at = text.indexOf(quote); at !== -1; at = text.indexOf(quote, at + 1)) {
    if (quote !== '"' || !isEscaped(text, at)) {
      return true;
    }
  }
  return quote === '"' && isEscaped(text, text.length);
}

/** An odd number of backslashes stands before `index`. */
function isEscaped(text: string, index: number): boolean {
  let start = index;
  while (text[start - 1] === '\\') {
    start--;
  }
  return (index - start) % 2 === 1;
}
