import { readChallenge } from './challenge';
import type { SignInFailure } from './failure';
import { foreign } from './failure';
import type { SignedIn } from './tokens';

/** More often nobody is asked for one operation. @see MCP 2026-07-28 authorization, step-up */
export const maxAuthorizations = 3;

/** What an answer of an MCP server means for the sign-in. */
export type NextAuthorization =
  /** It has nothing to do with it. */
  | { readonly kind: 'none' }
  /** Sign in, or sign in again: what is known of the issuer is not taken for granted. */
  | { readonly kind: 'sign-in'; readonly challenge: readonly string[] }
  /** Sign in for more; what was asked for before stays. */
  | {
      readonly kind: 'step-up';
      readonly challenge: readonly string[];
      readonly previousScopes: readonly string[];
      /** Of these the token lacks some. */
      readonly neededScopes: readonly string[];
    }
  | { readonly kind: 'give-up'; readonly failure: SignInFailure };

/**
 * Decides by status and challenge; the caller counts the authorizations of its operation.
 * @param held absent: nothing was sent
 * @param authorizations done for this operation at this server so far
 * @see RFC 6750 §3.1
 */
export function nextAuthorization(
  status: number,
  challenge: readonly string[],
  held: SignedIn | undefined,
  authorizations: number,
): NextAuthorization {
  const read = readChallenge(challenge);
  const isStepUp = status === 403 && read.error === 'insufficient_scope';
  if (status !== 401 && !isStepUp) {
    return { kind: 'none' };
  }
  if (authorizations >= maxAuthorizations) {
    return {
      kind: 'give-up',
      failure: { kind: 'too-many-authorizations', limit: maxAuthorizations },
    };
  }
  return isStepUp
    ? {
        kind: 'step-up',
        challenge,
        previousScopes: held?.scopes.requested ?? [],
        neededScopes: (read.scopes ?? []).map(foreign),
      }
    : { kind: 'sign-in', challenge };
}
