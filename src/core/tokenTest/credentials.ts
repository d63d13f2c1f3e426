import { mask } from '../base/mask';
import { isPrivateName } from './privateNames';
import type { TargetHeader, RemoteTarget } from './tokenTestTarget';
import { urlCredentials, urlParts } from './urlParts';

/** What was sent to prove who is asking, without any value. */
export interface SentCredential {
  /** Names of the headers. */
  readonly headers: readonly string[];
  /** The variables their values come from. */
  readonly variables: readonly string[];
  /** Of `Authorization`: its scheme, or empty where the value has none; undefined without it. */
  readonly authorizationScheme: string | undefined;
}

/** The headers that carry a credential: by their variables or by their name. */
export function credentialHeaders({ headers }: RemoteTarget): readonly TargetHeader[] {
  return headers.filter(({ name, secretNames }) => secretNames.length > 0 || isPrivateName(name));
}

export function describeCredential(target: RemoteTarget): SentCredential {
  const headers = credentialHeaders(target);
  const authorization = headers.find(({ name }) => name.toLowerCase() === 'authorization');
  return {
    headers: headers.map(({ name }) => name),
    variables: [...new Set(headers.flatMap(({ secretNames }) => secretNames))],
    authorizationScheme: authorization && schemeOf(authorization.value),
  };
}

/** The header as a configuration would spell it: `Bearer ${API_TOKEN}`. Never holds the value. */
export function writtenValue({ value, secretNames }: TargetHeader): string {
  const names = secretNames.map((name) => `\${${name}}`).join(' ') || mask;
  const scheme = schemeOf(value);
  return scheme === '' ? names : `${scheme} ${names}`;
}

/** What a server could repeat that would help a reader: whole values and their parts. */
export function credentialValues(target: RemoteTarget): readonly string[] {
  const values = credentialHeaders(target).flatMap(({ value }) => bothParts(value));
  const brought = target.headers.flatMap((header) => header.values ?? []);
  const { url, urlValues = [], otherValues = [] } = target;
  const inUrl = [
    ...urlCredentials(url),
    ...urlValues.flatMap((value) => [value, ...urlParts(value)]),
  ];
  return [...new Set([...values, ...brought.flatMap(bothParts), ...inUrl, ...otherValues])].filter(
    (value) => value.length >= shortestCredential,
  );
}

/** Anything shorter would blot out half of every answer. */
const shortestCredential = 4;

/** The first word, where it is one of the schemes that precede a credential. */
export function schemeOf(value: string): string {
  return /^(Bearer|Basic|Token|ApiKey|Api-Key|Digest|DPoP|Negotiate)\s/i.exec(value)?.[1] ?? '';
}

/** The pieces of `Bearer abc`, `session=abc; other=def`, and of what `Basic` encodes. */
function partsOf(value: string): readonly string[] {
  const scheme = schemeOf(value);
  const rest = value.slice(scheme.length).trim();
  const words = rest.split(/[\s;,]+/);
  const assigned = words.map((word) => word.slice(word.indexOf('=') + 1));
  const unquoted = assigned.map((word) => word.replace(/^["']|["']$/g, ''));
  const basic = scheme.toLowerCase() === 'basic' ? bothReadings(decodeBasic(rest)) : [];
  const passwords = basic.map((text) => text.slice(text.indexOf(':') + 1));
  return [rest, ...words, ...assigned, ...unquoted, ...basic, ...passwords];
}

function bothParts(value: string): readonly string[] {
  return [value, ...partsOf(value)];
}

/** Bytes as Latin-1 and, where they are that, as UTF-8. */
function bothReadings(latin1: string): readonly string[] {
  const utf8 = new TextDecoder().decode(Uint8Array.from(latin1, (char) => char.charCodeAt(0)));
  return utf8 === latin1 ? [latin1] : [latin1, utf8];
}

/** The header that says `Basic` in front of what is no base64 of a user, a colon and a password. */
export function findBadBasic(target: RemoteTarget): string | undefined {
  return credentialHeaders(target).find(({ value }) => {
    const [, encoded] = /^Basic\s+(.*)$/i.exec(value) ?? [];
    return encoded !== undefined && !decodeBasic(encoded).includes(':');
  })?.name;
}

/** @see RFC 7617 §2 */
function decodeBasic(text: string): string {
  try {
    return atob(text);
  } catch {
    return '';
  }
}
