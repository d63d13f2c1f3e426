import { describeLogin } from '../claudeCode/describeLogin';
import { isSignedIn, loginState } from '../claudeCode/loginState';
import { oneLine } from '../base/text';
import { serverState, type ServerState } from '../servers/serverState';
import type { ServerRecord } from '../servers/serverStore';
import { actionsFor } from './nodeActions';
import { stateText } from './nodeText';

/** One text over an entry in the editor, and what a click does. */
export interface ServerLens {
  readonly title: string;
  readonly tooltip: string;
  /** Absent where the text only tells something. */
  readonly action?: 'test' | 'sign-in' | 'show-report';
}

export interface LensContext {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly isTrusted: boolean;
}

/** A line of an editor is shared with the lenses of others. */
const longestState = 60;

/** The state of a server, then what can be done with it. In a workspace without trust the state alone. */
export function serverLenses(
  record: ServerRecord,
  { now, isTrusted }: LensContext,
): readonly ServerLens[] {
  const state = serverState(record, now);
  const words = oneLine(shortText(state, now), longestState);
  const title = `${markOf(state)}${words}`;
  const actions = actionsFor(record);
  const told: ServerLens =
    isTrusted && actions.includes('hasReport')
      ? { title, tooltip: 'Show the report of the test', action: 'show-report' }
      : { title, tooltip: tooltipOf(state, words) };
  if (!isTrusted) {
    return [told];
  }
  return [
    told,
    ...(actions.includes('canTest') && state.kind !== 'testing' ? [testLens] : []),
    ...(actions.includes('canSignIn') && !hasLogin(record, now) ? [signInLens] : []),
  ];
}

const testLens: ServerLens = {
  title: 'Test',
  tooltip: 'Test the server as it is written here',
  action: 'test',
};

const signInLens: ServerLens = {
  title: 'Sign In',
  tooltip: 'Sign in within Claude Code',
  action: 'sign-in',
};

/** The squiggle says why an entry does not load; here the fact is enough. */
function shortText(state: ServerState, now: number): string {
  return state.kind === 'will-not-load' ? 'will not load' : stateText(state, now);
}

function tooltipOf(state: ServerState, words: string): string {
  if (state.kind === 'login') {
    return describeLogin(state.login);
  }
  return state.kind === 'will-not-load' && state.reason !== '' ? oneLine(state.reason) : words;
}

function markOf(state: ServerState): string {
  return state.kind === 'tested' ? (state.lastTest.isAccepted ? '✓ ' : '✗ ') : '';
}

function hasLogin({ login }: ServerRecord, now: number): boolean {
  return login !== undefined && isSignedIn(loginState(login, now));
}
