/** A text as bytes of UTF-8 in small letters, each with the stretch of the text it comes from. */
export interface PlainBytes {
  readonly bytes: Uint8Array;
  /** UTF-16 offsets, one for each byte. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/**
 * Reads escapes of URLs (percent, any number of times), of JSON (also within JSON) and of HTML, so
 * that a value and its encoded forms come out alike. What is no escape stays.
 */
export function decodedBytes(text: string): PlainBytes {
  return toBytes(text, true);
}

/** The same with every escape as it stands. */
export function literalBytes(text: string): PlainBytes {
  return toBytes(text, false);
}

/** Whether reading escapes makes a difference to `text`. */
export function mayHoldEscapes(text: string): boolean {
  return /[%\\&]/.test(text);
}

const maxBackslashes = 64;
const escapes: readonly RegExp[] = [
  /%(?:25)*([0-9a-f]{2})/iy,
  new RegExp(`\\\\{1,${maxBackslashes}}(?:u([0-9a-f]{4})|([^]))`, 'iy'),
  /&(?:#0{0,20}([0-9]{1,7})|#x0{0,20}([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/iy,
];

function toBytes(text: string, decodes: boolean): PlainBytes {
  // No UTF-16 unit takes more than three bytes, and no escape is shorter than what it stands for.
  const size = text.length * 3;
  const [bytes, starts, ends] = [
    new Uint8Array(size),
    new Uint32Array(size),
    new Uint32Array(size),
  ];
  let count = 0;

  function push(byte: number, start: number, end: number): void {
    bytes[count] = byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
    starts[count] = start;
    ends[count] = end;
    count += 1;
  }
  function pushCode(code: number, start: number, end: number): void {
    if (code < 0x80) {
      push(code, start, end);
      return;
    }
    for (const byte of encoder.encode(String.fromCodePoint(code).toLowerCase()).subarray(0, 4)) {
      push(byte, start, end);
    }
  }

  let position = 0;
  while (position < text.length) {
    const start = position;
    const unit = text.charCodeAt(position);
    const found = decodes ? readEscape(text, position, unit) : undefined;
    if (found === undefined) {
      const code = unit < 0x80 ? unit : (text.codePointAt(position) ?? unit);
      position += code > 0xffff ? 2 : 1;
      pushCode(code, start, position);
    } else {
      position = found.end;
      (found.isByte ? push : pushCode)(found.code, start, position);
    }
  }
  return {
    bytes: bytes.subarray(0, count),
    starts: starts.subarray(0, count),
    ends: ends.subarray(0, count),
  };
}

const encoder = new TextEncoder();

interface Escape {
  readonly code: number;
  /** A percent escape stands for a byte, the others for a character. */
  readonly isByte: boolean;
  readonly end: number;
}

function readEscape(text: string, position: number, unit: number): Escape | undefined {
  switch (unit) {
    case 0x25: {
      const found = matchAt(0, text, position);
      return found && { code: parseInt(found[1] ?? '', 16), isByte: true, end: endOf(found) };
    }
    case 0x5c:
      return readBackslash(text, position);
    case 0x26: {
      const found = matchAt(2, text, position);
      const [, decimal, hex, name] = found ?? [];
      const code =
        decimal !== undefined
          ? Number(decimal)
          : hex !== undefined
            ? parseInt(hex, 16)
            : entities[name?.toLowerCase() ?? ''];
      const isCharacter = code !== undefined && code <= 0x10ffff;
      return found && isCharacter ? { code, isByte: false, end: endOf(found) } : undefined;
    }
    default:
      return undefined;
  }
}

/** Any number of backslashes, and what they escape; they count for nothing themselves. */
function readBackslash(text: string, position: number): Escape | undefined {
  const found = matchAt(1, text, position);
  if (found === undefined) {
    return undefined;
  }
  const [all, hex, char = ''] = found;
  if (hex === undefined) {
    const code = controls[char] ?? text.codePointAt(position + all.length - 1) ?? 0;
    return { code, isByte: false, end: endOf(found) + (code > 0xffff ? 1 : 0) };
  }
  const high = parseInt(hex, 16);
  const second = high >= 0xd800 && high < 0xdc00 ? matchAt(1, text, endOf(found)) : undefined;
  const low = parseInt(second?.[1] ?? '', 16);
  return second !== undefined && low >= 0xdc00 && low < 0xe000
    ? {
        code: (high - 0xd800) * 0x400 + (low - 0xdc00) + 0x10000,
        isByte: false,
        end: endOf(second),
      }
    : { code: high, isByte: false, end: endOf(found) };
}

const entities: Readonly<Record<string, number>> = {
  amp: 0x26,
  lt: 0x3c,
  gt: 0x3e,
  quot: 0x22,
  apos: 0x27,
};

const controls: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 };

function matchAt(which: 0 | 1 | 2, text: string, position: number): RegExpExecArray | undefined {
  const expression = escapes[which] as RegExp;
  expression.lastIndex = position;
  return expression.exec(text) ?? undefined;
}

function endOf(found: RegExpExecArray): number {
  return found.index + found[0].length;
}
