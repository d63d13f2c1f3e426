import { loginWords } from '../claudeCode/describeLogin';
import { isSignedIn } from '../claudeCode/loginState';
import type { ServerState } from '../servers/serverState';

/** What the colour of an icon says again; the words say it first. */
export type Tone = 'none' | 'good' | 'warning' | 'error';

/** The state as the end of a row. */
export function stateText(state: ServerState, now: number): string {
  switch (state.kind) {
    case 'will-not-load':
      return `will not load${shortReason(state.reason)}`;
    case 'literal-secret':
      return 'literal secret';
    case 'missing-variable':
      return `missing ${state.names.join(', ')}`;
    case 'login':
      return loginWords(state.login);
    case 'tested':
      return `${state.lastTest.state} ${ago(now - state.lastTest.at)}`;
    case 'testing':
      return 'testing…';
    case 'changed-since-test':
      return 'not tested since this change';
    case 'not-tested':
      return 'not tested';
  }
}

/** The clause between the colon and the end of the first sentence. */
function shortReason(reason: string): string {
  const clause = /: ([^.:]+)\./.exec(reason)?.[1];
  return clause ? `: ${clause}` : '';
}

export function iconOf(state: ServerState): string {
  switch (state.kind) {
    case 'will-not-load':
      return 'error';
    case 'literal-secret':
      return 'key';
    case 'missing-variable':
      return 'warning';
    case 'login':
      return isSignedIn(state.login) ? 'account' : 'sign-in';
    case 'tested':
      return state.lastTest.isAccepted ? 'pass' : 'error';
    case 'testing':
      return 'loading~spin';
    case 'changed-since-test':
    case 'not-tested':
      return 'circle-outline';
  }
}

export function toneOf(state: ServerState): Tone {
  switch (state.kind) {
    case 'will-not-load':
    case 'literal-secret':
      return 'error';
    case 'missing-variable':
      return 'warning';
    case 'login':
      return isSignedIn(state.login) ? 'good' : 'warning';
    case 'tested':
      return state.lastTest.isAccepted ? 'good' : 'error';
    case 'testing':
    case 'changed-since-test':
    case 'not-tested':
      return 'none';
  }
}

/** A span in words: `just now`, `5 min ago`, `3 h ago`, `2 d ago`. */
export function ago(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) {
    return 'just now';
  }
  if (minutes < 60) {
    return `${minutes} min ago`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h ago` : `${Math.floor(hours / 24)} d ago`;
}

/** `1 server`, `2 servers`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
