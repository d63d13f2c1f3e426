import type { Span } from './secretMatch';

/** JSON in another writing: what it says, and where it stands. */
export interface PackedText extends Span {
  readonly text: string;
}

/** How an object begins in Base64 (`{"`, `{ "`, a brace and a line break) and percent-encoded. */
export const packedStarts: readonly string[] = ['eyJ', 'eyA', 'ewo', 'ewk', 'ew0', '%7B', '%7b'];

// The characters of a JWT or of a longer word behind it make it something else.
const base64 =
  /(?<![\w.+/-])(?:eyJ|eyA|ewo|ewk|ew0)[A-Za-z0-9+/_-]{16,}(?:=|%3[Dd]){0,2}(?![\w.+/=-])/g;
const percentEncoded = /(?<![\w%])%7B[^\s&#"'`{}]{8,}/gi;

/** The objects that a value holds in Base64 or percent-encoded, as registries pass settings. */
export function findPackedTexts(value: string): readonly PackedText[] {
  return [
    ...(value.includes('e') ? unpack(value, base64, decodeBase64) : []),
    ...(value.includes('%7') ? unpack(value, percentEncoded, decodeURIComponent) : []),
  ];
}

function* unpack(
  value: string,
  pattern: RegExp,
  decode: (source: string) => string,
): Iterable<PackedText> {
  for (const { index, 0: source } of value.matchAll(pattern)) {
    const text = attempt(() => decode(source));
    if (text?.startsWith('{') === true) {
      yield { start: index, end: index + source.length, text };
    }
  }
}

function decodeBase64(source: string): string {
  return atob(
    source
      .replace(/(?:=|%3D)+$/i, '')
      .replaceAll('-', '+')
      .replaceAll('_', '/'),
  );
}

function attempt(decode: () => string): string | undefined {
  try {
    return decode();
  } catch {
    return undefined;
  }
}
