import type { Login } from './readLogins';

/** How far the sign-in of Claude Code to one server is known. */
export type LoginReading =
  | { readonly kind: 'read'; readonly login: Login | undefined }
  /** An edit gave the server another key: Claude Code has a sign-in under the one before. */
  | { readonly kind: 'lost'; readonly by: LostBy }
  | { readonly kind: 'unknown'; readonly why: WhyUnknown };

/** What of an entry changed since Claude Code was signed in to it. */
export type LostBy = 'name' | 'type' | 'url' | 'headers' | 'variable';

export type WhyUnknown =
  | { readonly kind: 'not-asked' }
  | { readonly kind: 'refused' }
  /** On macOS it is in the Keychain, which would ask the user. */
  | { readonly kind: 'keychain' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'unresolved'; readonly names: readonly string[] };

/** What it means now. Times are in milliseconds. */
export type LoginState =
  | { readonly kind: 'signed-in'; readonly timeLeft?: number }
  /** Claude Code gets a new token at the next use. */
  | { readonly kind: 'will-refresh' }
  | { readonly kind: 'expired' }
  /** The token was refused or taken away. */
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'never' }
  | { readonly kind: 'lost'; readonly by: LostBy }
  | { readonly kind: 'unknown'; readonly why: WhyUnknown };

/** With less than this left Claude Code refreshes a token before it uses it. */
const refreshAheadMs = 5 * 60_000;

export function loginState(reading: LoginReading, now: number): LoginState {
  return reading.kind === 'read' ? stateOf(reading.login, now) : reading;
}

function stateOf(login: Login | undefined, now: number): LoginState {
  if (login === undefined) {
    return { kind: 'never' };
  }
  const { hasAccessToken, hasRefreshToken, expiresAt } = login;
  if (!hasAccessToken || expiresAt === 0) {
    return { kind: isTrace(login) ? 'signed-out' : 'never' };
  }
  if (expiresAt === undefined) {
    return { kind: 'signed-in' };
  }
  const timeLeft = expiresAt - now;
  if (hasRefreshToken && timeLeft < refreshAheadMs) {
    return { kind: 'will-refresh' };
  }
  return timeLeft > 0 ? { kind: 'signed-in', timeLeft } : { kind: 'expired' };
}

/** A client that was registered and never signed in leaves an entry as well, with nothing granted. */
function isTrace({ hasRefreshToken, expiresAt, scope }: Login): boolean {
  return hasRefreshToken || expiresAt !== undefined || scope !== undefined;
}

/** Whether Claude Code can use the server without asking anybody. */
export function isSignedIn({ kind }: LoginState): boolean {
  return kind === 'signed-in' || kind === 'will-refresh';
}
