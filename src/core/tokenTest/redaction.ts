import {
  credentialHeaders,
  credentialValues,
  isPrivateName,
  mask,
  writtenValue,
} from './credentials';
import type { HttpExchange } from './httpExchange';
import type { HttpRequestSpec } from './httpRunner';
import type { RemoteTarget } from './tokenTestTarget';

/** A request without its values. */
export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, written: string])[];
  readonly body?: string;
}

/** Takes everything private of one run out of text. */
export interface TextRedactor {
  /** The credential values of this run, in any encoding. */
  values(text: string): string;
  /** Those, and whatever is private by the name before it or looks like a token. */
  text(text: string): string;
}

/** The same for what is kept, shown or pasted of requests. */
export interface Redactor extends TextRedactor {
  request(spec: HttpRequestSpec): RecordedRequest;
  exchange(exchange: HttpExchange): HttpExchange;
}

/** @param known what must not be seen, whatever it looks like */
export function createTextRedactor(known: readonly string[]): TextRedactor {
  const expression = knownValues(known);

  function values(text: string): string {
    return expression === undefined ? text : text.replace(expression, mask);
  }

  return { values, text: (text) => maskShapes(maskNamed(values(text))) };
}

export function createRedactor(target: RemoteTarget): Redactor {
  const written = new Map(
    credentialHeaders(target).map((header) => [header.name.toLowerCase(), writtenValue(header)]),
  );
  const { values, text } = createTextRedactor(credentialValues(target));

  function header(name: string, value: string): readonly [string, string] {
    return [name, isPrivateName(name) ? mask : text(value)];
  }

  return {
    values,
    text,
    request: ({ method, url, headers, body }) => ({
      method,
      url: text(withoutUserInfo(url)),
      headers: headers.map(({ name, value }) => {
        const own = written.get(name.toLowerCase());
        return own === undefined ? header(name, value) : [name, own];
      }),
      ...(body !== undefined && { body: text(body) }),
    }),
    exchange: (exchange) => ({
      ...exchange,
      headers: exchange.headers.map(([name, value]) => header(name, value)),
      body: text(exchange.body),
      curlMessage: text(exchange.curlMessage),
    }),
  };
}

/** `?token=…`, `"access_token": "…"` and, as a program prints its environment, `API_KEY=…`. */
function maskNamed(text: string): string {
  return text
    .replace(
      /([?&;]([^?=&;\s"']{1,60})=)[^&;\s"'<>]+/g,
      (all: string, start: string, name: string) =>
        isPrivateName(name) || name === 'code' ? start + mask : all,
    )
    .replace(
      /("[^"]{0,60}(?:token|secret|password|passwd|api_?-?key)"\s{0,20}:\s{0,20}")(?:[^"\\]|\\.)*/gi,
      `$1${mask}`,
    )
    .replace(/\b([A-Z][A-Z0-9_]{0,60}=)[^\s"']+/g, (all: string, start: string) =>
      isPrivateName(start) ? start + mask : all,
    );
}

/** Long runs that mix letters and digits as no word does; the parts of a JWT are such runs. */
function maskShapes(text: string): string {
  return text.replace(/[A-Za-z0-9_-]{20,}/g, (run) => (looksRandom(run) ? mask : run));
}

function looksRandom(run: string): boolean {
  const isMixed = /[a-z]/.test(run) && /[A-Z]/.test(run) && /\d/.test(run);
  return isMixed || run.replace(/\D/g, '').length >= 3;
}

function withoutUserInfo(url: string): string {
  return url.replace(/^(\w+:\/\/)[^/?#]*@/, `$1${mask}@`);
}

/** One expression for every value, longest first, plain and in the encodings a server may use. */
function knownValues(values: readonly string[]): RegExp | undefined {
  const ordered = [...values].sort((a, b) => b.length - a.length);
  const forms = [...ordered.map(escapedForms), ...ordered.flatMap(base64Forms)];
  return forms.length === 0 ? undefined : new RegExp(forms.join('|'), 'giu');
}

/** Enough of a value to know it by; behind it, everything up to the next delimiter belongs to it. */
const anchorLength = 48;

/** Each character as itself or escaped: percent (also twice), JSON, HTML. */
function escapedForms(value: string): string {
  const chars = [...value];
  const anchor = chars
    .slice(0, anchorLength)
    .map((char) => {
      const code = char.codePointAt(0) ?? 0;
      const bytes = [...new TextEncoder().encode(char)].map((byte) => `%(?:25)*${hex(byte, 2)}`);
      const named = namedEntities[char] === undefined ? '' : `|&${namedEntities[char]};`;
      const json = `\\\\u${hex(code, 4)}`;
      // A Latin-1 byte that a server repeats within UTF-8 arrives as the replacement character.
      const lost = code > 0x7f ? '|\ufffd' : '';
      const html = `&#(?:0*${code}|x0*${hex(code, 1)});${named}`;
      return `(?:\\\\?${literal(char)}|${bytes.join('')}|${json}|${html}${lost})`;
    })
    .join('');
  return chars.length > anchorLength ? `${anchor}[^\\s"'<>]*` : anchor;
}

const namedEntities: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
};

/**
 * The value within a longer base64 text: at each of three offsets other characters, of which
 * those that depend on the neighbours are left out.
 */
function base64Forms(value: string): readonly string[] {
  const bytes = new TextEncoder().encode(value).subarray(0, anchorLength);
  return [0, 1, 2].flatMap((offset) => {
    const encoded = btoa('\0'.repeat(offset) + String.fromCharCode(...bytes));
    const end = Math.floor(((offset + bytes.length) * 8) / 6);
    const own = encoded.slice(Math.ceil((offset * 8) / 6), end);
    return own.length < 6 ? [] : [`${[...own].map(base64Char).join('')}[\\w+/=%-]*`];
  });
}

function base64Char(char: string): string {
  switch (char) {
    case '+':
      return '(?:[+-]|%2B)';
    case '/':
      return '(?:\\\\?/|_|%2F)';
    default:
      return char;
  }
}

function literal(char: string): string {
  return char.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
}

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, '0');
}
