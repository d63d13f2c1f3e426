import { isSignedIn, loginState, type LoginState } from '../claudeCode/loginState';
import type { Finding } from '../diagnostics/rule';
import type { LastTest, ServerRecord } from './serverStore';

/** The first line of a server's truth table that fails, or how far it is known to hold. */
export type ServerState =
  /** `before` stands again when the test was cancelled. */
  | { readonly kind: 'testing'; readonly before: ServerState }
  | { readonly kind: 'will-not-load'; readonly reason: string }
  | { readonly kind: 'literal-secret' }
  | { readonly kind: 'missing-variable'; readonly names: readonly string[] }
  /** What Claude Code has of a sign-in, where that is more than a test has shown. */
  | { readonly kind: 'login'; readonly login: LoginState }
  | { readonly kind: 'tested'; readonly lastTest: LastTest }
  | { readonly kind: 'changed-since-test' }
  | { readonly kind: 'not-tested' };

/**
 * Loads → no literal secret → variables resolve → a sign-in that was lost → what the last test said,
 * unless one is under way → a sign-in that stands.
 * @param now milliseconds since 1970
 */
export function serverState(record: ServerRecord, now: number): ServerState {
  const before = stateWithoutTest(record, now);
  return record.isTesting ? { kind: 'testing', before } : before;
}

function stateWithoutTest(record: ServerRecord, now: number): ServerState {
  const { file, server, findings, lastTest, isChangedSinceTest } = record;
  if (!server.loads) {
    if (server.isShadowed) {
      const reason = 'This server will not load: a later entry has its name.';
      return { kind: 'will-not-load', reason };
    }
    const isLoading = ({ category }: Finding) => category === 'loading';
    const whole = file.findings.filter((finding) => finding.server === undefined).find(isLoading);
    return { kind: 'will-not-load', reason: (findings.find(isLoading) ?? whole)?.message ?? '' };
  }
  if (findings.some(({ rule }) => rule === 'secret-literal' || rule === 'secret-default')) {
    return { kind: 'literal-secret' };
  }
  const unset = findings.filter(
    ({ rule, severity }) =>
      (rule === 'variable-unset' || rule === 'variable-misspelt') &&
      severity !== 'information' &&
      severity !== 'hint',
  );
  if (unset.length > 0) {
    const names = new Set(unset.flatMap(({ variables }) => variables));
    return { kind: 'missing-variable', names: [...names] };
  }
  const login = record.login && loginState(record.login, now);
  if (login !== undefined && isLost(login)) {
    return { kind: 'login', login };
  }
  const hasLogin = login !== undefined && isSignedIn(login);
  if (lastTest !== undefined && !(hasLogin && lastTest.asksForSignIn)) {
    return { kind: 'tested', lastTest };
  }
  if (hasLogin) {
    return { kind: 'login', login };
  }
  return { kind: isChangedSinceTest ? 'changed-since-test' : 'not-tested' };
}

/** Whether somebody has to do something before the server works. */
export function needsAttention(state: ServerState): boolean {
  switch (state.kind) {
    case 'will-not-load':
    case 'literal-secret':
    case 'missing-variable':
      return true;
    case 'login':
      return !isSignedIn(state.login);
    case 'tested':
      return !state.lastTest.isAccepted;
    case 'testing':
      return needsAttention(state.before);
    case 'changed-since-test':
    case 'not-tested':
      return false;
  }
}

/** Claude Code was signed in, and somebody has to sign in again. */
function isLost({ kind }: LoginState): boolean {
  return kind === 'expired' || kind === 'signed-out' || kind === 'lost';
}
