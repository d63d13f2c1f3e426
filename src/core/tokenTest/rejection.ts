import type { SentCredential } from './credentials';
import type { TokenReading } from './tokenReading';
import { challengeParam, type AuthChallenge } from './wwwAuthenticate';

/** Why a server answered 401, as far as its challenge and the token itself tell. */
export type RejectionReason =
  | { readonly kind: 'nothing-sent' }
  | {
      readonly kind: 'sign-in';
      readonly servers: readonly string[];
      readonly scopes: readonly string[];
    }
  | { readonly kind: 'expired'; readonly header: string; readonly agoMs: number }
  | { readonly kind: 'not-yet-valid'; readonly header: string; readonly inMs: number }
  | { readonly kind: 'no-scheme'; readonly scheme: string }
  | { readonly kind: 'wrong-scheme'; readonly sent: string; readonly wanted: readonly string[] }
  | { readonly kind: 'header-not-read'; readonly wanted: readonly string[] }
  | { readonly kind: 'other-audience'; readonly header: string; readonly audience: string }
  | {
      readonly kind: 'other-issuer';
      readonly header: string;
      readonly issuer: string;
      readonly trusted: readonly string[];
    }
  | { readonly kind: 'token-invalid'; readonly description: string | undefined }
  | { readonly kind: 'no-challenge' }
  | { readonly kind: 'unexplained'; readonly description: string | undefined };

/** What a server publishes about who issues tokens for it. @see RFC 9728 §2 */
export interface ResourceMetadata {
  readonly authorizationServers: readonly string[];
  readonly scopes: readonly string[];
}

export interface RejectionEvidence {
  readonly credential: SentCredential;
  readonly challenges: readonly AuthChallenge[];
  readonly token: TokenReading | undefined;
  readonly host: string;
  readonly metadata?: ResourceMetadata | undefined;
  /** Makes text of others fit for a sentence. */
  readonly foreign: (text: string) => string;
}

/**
 * | seen                                              | reason          |
 * | ------------------------------------------------- | --------------- |
 * | no credential was sent                            | nothing-sent    |
 * | the same, and its metadata names who issues tokens | sign-in        |
 * | the token's `exp` is past, its `nbf` to come      | expired, not-yet-valid |
 * | `Authorization` without a scheme                  | no-scheme       |
 * | no challenge                                      | no-challenge    |
 * | challenges, none for the scheme that was sent     | wrong-scheme    |
 * | challenges, and only another header was sent      | header-not-read |
 * | `iss` is none of the issuers in its metadata      | other-issuer    |
 * | `invalid_token`, and `aud` names another host     | other-audience  |
 * | `invalid_token`                                   | token-invalid   |
 *
 * @see RFC 6750 §3.1
 */
export function explainRejection(evidence: RejectionEvidence): RejectionReason {
  const { credential, challenges, token, host, foreign } = evidence;
  const { authorizationServers: issuers = [], scopes = [] } = evidence.metadata ?? {};
  if (credential.headers.length === 0) {
    return issuers.length === 0
      ? { kind: 'nothing-sent' }
      : { kind: 'sign-in', servers: issuers.map(foreign), scopes: scopes.map(foreign) };
  }
  if (token?.expiredForMs !== undefined && token.expiredForMs >= 0) {
    return { kind: 'expired', header: token.header, agoMs: token.expiredForMs };
  }
  if (token?.validInMs !== undefined) {
    return { kind: 'not-yet-valid', header: token.header, inMs: token.validInMs };
  }
  const wanted = offeredSchemes(challenges, foreign);
  const sent = credential.authorizationScheme;
  if (sent === '') {
    return { kind: 'no-scheme', scheme: wanted[0] ?? 'Bearer' };
  }
  if (challenges.length === 0) {
    return { kind: 'no-challenge' };
  }
  if (sent === undefined) {
    return { kind: 'header-not-read', wanted };
  }
  if (!wanted.some((scheme) => scheme.toLowerCase() === sent.toLowerCase())) {
    return { kind: 'wrong-scheme', sent, wanted };
  }
  if (token?.issuer !== undefined && issuers.length > 0 && !issuers.includes(token.issuer)) {
    const trusted = issuers.map(foreign);
    return { kind: 'other-issuer', header: token.header, issuer: foreign(token.issuer), trusted };
  }
  const text = challengeParam(challenges, 'error_description');
  const description = text === undefined ? undefined : foreign(text);
  if (challengeParam(challenges, 'error') !== 'invalid_token') {
    return { kind: 'unexplained', description };
  }
  const other = token && findOtherAudience(token.audience, host);
  return token && other !== undefined
    ? { kind: 'other-audience', header: token.header, audience: foreign(other) }
    : { kind: 'token-invalid', description };
}

/** The schemes of the challenges, each once. */
export function offeredSchemes(
  challenges: readonly AuthChallenge[],
  foreign: (text: string) => string,
): readonly string[] {
  return [...new Set(challenges.map(({ scheme }) => foreign(scheme)))];
}

/** An audience that is an address, where every one of them is, and none is of this host. */
function findOtherAudience(audience: readonly string[], host: string): string | undefined {
  const hosts = audience.map((text) => (URL.canParse(text) ? new URL(text).host : host));
  return hosts.includes(host) ? undefined : audience[0];
}
