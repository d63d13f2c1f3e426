import { challengeParam, type AuthChallenge } from '../base/wwwAuthenticate';
import type { SentCredential } from './credentials';
import type { TokenReading } from './tokenReading';

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
  | {
      readonly kind: 'scope-missing';
      readonly scope: string | undefined;
      /** What the token says about its own; undefined where it does not speak of them. */
      readonly held: readonly string[] | undefined;
    }
  | { readonly kind: 'basic-not-encoded'; readonly header: string }
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
  /** The header whose value after `Basic` is no base64 of a user and a password. */
  readonly badBasic: string | undefined;
  /** The address of the server. */
  readonly url: string;
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
 * | `Basic` and no base64 with a colon in it          | basic-not-encoded |
 * | no challenge                                      | no-challenge    |
 * | challenges, none for the scheme that was sent     | wrong-scheme    |
 * | challenges, and only another header was sent      | header-not-read |
 * | `iss` is none of the issuers in its metadata      | other-issuer    |
 * | `insufficient_scope`                              | scope-missing   |
 * | `aud` names other addresses only                  | other-audience  |
 * | `invalid_token`                                   | token-invalid   |
 * | no error, and a scope that the token does not have | scope-missing  |
 *
 * @see RFC 6750 §3, §3.1
 */
export function explainRejection(evidence: RejectionEvidence): RejectionReason {
  const { credential, challenges, token, badBasic, foreign } = evidence;
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
  if (badBasic !== undefined && wanted.every((scheme) => scheme.toLowerCase() === 'basic')) {
    return { kind: 'basic-not-encoded', header: badBasic };
  }
  if (challenges.length === 0) {
    return explainByAudience(evidence) ?? { kind: 'no-challenge' };
  }
  if (sent === undefined) {
    return { kind: 'header-not-read', wanted };
  }
  if (!wanted.some((scheme) => scheme.toLowerCase() === sent.toLowerCase())) {
    return { kind: 'wrong-scheme', sent, wanted };
  }
  return explainByIssuer(evidence) ?? explainByChallenge(evidence);
}

function explainByIssuer({
  token,
  metadata,
  foreign,
}: RejectionEvidence): RejectionReason | undefined {
  const issuers = metadata?.authorizationServers ?? [];
  return token?.issuer === undefined || issuers.length === 0 || issuers.includes(token.issuer)
    ? undefined
    : {
        kind: 'other-issuer',
        header: token.header,
        issuer: foreign(token.issuer),
        trusted: issuers.map(foreign),
      };
}

/** The challenge is for the scheme that was sent. */
function explainByChallenge(evidence: RejectionEvidence): RejectionReason {
  const { challenges, token, foreign } = evidence;
  const clean = (text: string | undefined) => (text === undefined ? undefined : foreign(text));
  const error = challengeParam(challenges, 'error');
  const scope = clean(challengeParam(challenges, 'scope'));
  const held = token?.scopes?.map(foreign);
  if (error === 'insufficient_scope') {
    return { kind: 'scope-missing', scope, held };
  }
  const description = clean(challengeParam(challenges, 'error_description'));
  const byAudience = explainByAudience(evidence);
  if (byAudience !== undefined || error === 'invalid_token') {
    return byAudience ?? { kind: 'token-invalid', description };
  }
  const lacks = held !== undefined && scope?.split(' ').some((part) => !held.includes(part));
  return lacks === true
    ? { kind: 'scope-missing', scope, held }
    : { kind: 'unexplained', description };
}

function explainByAudience({
  token,
  url,
  foreign,
}: RejectionEvidence): RejectionReason | undefined {
  const audience = token && findOtherAudience(token.audience, url);
  return token && audience !== undefined
    ? { kind: 'other-audience', header: token.header, audience: foreign(audience) }
    : undefined;
}

/** The schemes of the challenges, each once. */
export function offeredSchemes(
  challenges: readonly AuthChallenge[],
  foreign: (text: string) => string,
): readonly string[] {
  return [...new Set(challenges.map(({ scheme }) => foreign(scheme)))];
}

/**
 * An audience, where every one is a web address and none is the server's: its own, or one that its
 * path continues. What is no web address may be any name for the same server.
 * @see RFC 8707 §2
 */
function findOtherAudience(audience: readonly string[], url: string): string | undefined {
  const isAboutUrl = audience.some((text) => !isWebAddress(text) || covers(text, url));
  return isAboutUrl ? undefined : audience[0];
}

function isWebAddress(text: string): boolean {
  return /^https?:/i.test(text) && URL.canParse(text);
}

function covers(audience: string, url: string): boolean {
  const [wide, narrow] = [new URL(audience), new URL(url)];
  const path = wide.pathname.replace(/\/+$/, '');
  return (
    wide.origin === narrow.origin &&
    (narrow.pathname === path || narrow.pathname.startsWith(`${path}/`))
  );
}
