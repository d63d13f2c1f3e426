import { mask } from '../base/mask';
import { credentialHeaders, credentialValues, writtenValue } from './credentials';
import { readCredentialName } from '../secrets/credentialNames';
import { createValueMasker } from './knownValues';
import type { HttpExchange } from './httpExchange';
import type { HttpRequestSpec } from './httpRunner';
import { isPrivateName, isPrivateParameter } from './privateNames';
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
  /** The same of a text that was cut off, perhaps within a credential. */
  beginning(text: string): string;
}

/** The same for what is kept, shown or pasted of requests. */
export interface Redactor extends TextRedactor {
  request(spec: HttpRequestSpec): RecordedRequest;
  exchange(exchange: HttpExchange): HttpExchange;
}

/** @param known what must not be seen, whatever it looks like */
export function createTextRedactor(known: readonly string[]): TextRedactor {
  const maskValues = createValueMasker(known);
  const values = (text: string) => maskValues(text, 'whole');
  const rest = (text: string) => maskShapes(maskNamed(text));
  return {
    values,
    text: (text) => rest(values(text)),
    beginning: (text) => rest(maskValues(text, 'cut')),
  };
}

export function createRedactor(target: RemoteTarget): Redactor {
  const written = new Map(
    credentialHeaders(target).map((header) => [header.name.toLowerCase(), writtenValue(header)]),
  );
  const { values, text, beginning } = createTextRedactor(credentialValues(target));

  function header(name: string, value: string): readonly [string, string] {
    return [values(name), isPrivateName(name) ? mask : text(value)];
  }

  return {
    values,
    text,
    beginning,
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
      (all: string, start: string, name: string) => (isPrivateParameter(name) ? start + mask : all),
    )
    .replace(
      /(\\{0,8}["'])([\w.-]{1,60})\1(\s{0,20}:\s{0,20})(\\{0,8}["'])(?:(?!\4)(?:[^\\]|\\[^]))*/g,
      (all: string, quote: string, name: string, between: string, open: string) =>
        announcesCredential(name) ? quote + name + quote + between + open + mask : all,
    )
    .replace(/\b([A-Z][A-Z0-9_]{0,60})=[^\s"']+/g, (all: string, name: string) =>
      isPrivateName(name) && !/^(?:OLD)?PWD$/.test(name) ? `${name}=${mask}` : all,
    )
    .replace(/\b([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/?#"'<>]{1,500}@/gi, `$1${mask}@`);
}

/** Of a property: stricter, since `token_type` and `key` are there to be read. */
function announcesCredential(name: string): boolean {
  return (
    readCredentialName(name)?.isVague === false ||
    /(?:token|secret|password|passwd|api_?-?key)$/i.test(name)
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
