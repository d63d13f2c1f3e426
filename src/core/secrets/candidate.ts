import { sliceLayer, trimLayer, unquoteLayer, type Layer } from './layer';
import type { SecretKind, SecretPlace, Span } from './secretMatch';

/** A stretch of a value where a credential belongs, whatever stands there. */
export interface Candidate extends Span {
  /** Decoded: without escapes and percent-encoding. */
  readonly text: string;
  /** Where a character of `text` stands in the value. */
  readonly at: Layer['at'];
  readonly kind: SecretKind;
  readonly where: SecretPlace;
  readonly keyName?: string;
  /** Only what looks random counts: the place names other things as often. */
  readonly isVague?: boolean;
  /** The host whose password this is, and its user. */
  readonly account?: { readonly isLocal: boolean; readonly user: string };
  readonly defaultOf?: string;
}

/** What is known about a text before it is read. */
export interface Context {
  readonly where: SecretPlace;
  /** The nearest name: header, variable, flag, parameter, JSON key. */
  readonly name?: string;
  /** It may hold a command line, so that flags and assignments inside it count. */
  readonly hasWords: boolean;
  /** How many more texts may be unpacked from each other. */
  readonly depth: number;
}

/** A candidate that fills `layer`; brackets around a value are no part of it. */
export function candidateAt(
  layer: Layer,
  rest: Omit<Candidate, 'start' | 'end' | 'text' | 'at'>,
): Candidate {
  const bare = trimLayer(layer);
  const { text } = bare;
  const at = (index: number) => bare.at(index);
  return { text, at, start: at(0), end: at(text.length), ...rest };
}

const schemes =
  /^(bearer|basic|token|apikey|api-key|key|bot|ssws|splunk|geniekey|dpop|oauth|zoho-oauthtoken|private-token|klaviyo-api-key|sharedaccesssignature)(?::?\s+|:)(?=\S)/i;

/** Any scheme, as only the Authorization header may be read. */
const anyScheme = /^([a-z][a-z0-9-]{1,40})\s+(?=\S)/i;

export interface SchemedValue {
  readonly rest: Layer;
  /** The rest is Base64 of `user:password`. */
  readonly isBasic: boolean;
}

/** What follows the authentication scheme. @see RFC 9110 §11.4 */
export function afterScheme(layer: Layer, isAuthorization: boolean): SchemedValue | undefined {
  const start = layer.text.slice(0, 64);
  const match = schemes.exec(start) ?? (isAuthorization ? anyScheme.exec(start) : null);
  if (match === null) {
    return undefined;
  }
  const behind = sliceLayer(layer, match[0].length);
  // `Bearer Bearer …` happens where a snippet or a person had written the scheme already.
  const second = schemes.exec(behind.text.slice(0, 64))?.[0] ?? '';
  const rest = sliceLayer(behind, second.length);
  const isBasic = /^basic/i.test(second || match[0]);
  const signature = /^s[a-z]{1,2}=.{0,2000}$/s.test(rest.text)
    ? /(?<=(?:^|&)sig=)[^&\s]+/.exec(rest.text)
    : null;
  if (signature !== null) {
    const { index, 0: text } = signature;
    return { rest: sliceLayer(rest, index, index + text.length), isBasic };
  }
  const parameter = /^(?:token|auth|key)=(?=[^=])/i.exec(rest.text);
  const value = sliceLayer(rest, parameter?.[0].length ?? 0);
  return { rest: unquoteLayer(value) ?? value, isBasic };
}
