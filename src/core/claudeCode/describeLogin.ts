import { assertNever } from '../base/assertNever';
import { oneLine } from '../base/text';
import type { LoginReading, LoginState, LostBy, WhyUnknown } from './loginState';

/** The state of a sign-in as a few words of a row. */
export function loginWords(state: LoginState): string {
  switch (state.kind) {
    case 'signed-in':
      return state.timeLeft === undefined ? 'signed in' : `signed in, ${timeLeft(state.timeLeft)}`;
    case 'will-refresh':
      return 'signed in, renewed at the next use';
    case 'expired':
      return 'sign-in expired';
    case 'signed-out':
      return 'signed out';
    case 'never':
      return 'not signed in';
    case 'lost':
      return `signed out by a change of ${lostBy[state.by]}`;
    case 'unknown':
      return unknownWords(state.why);
    default:
      return assertNever(state);
  }
}

/** A sentence or two: what it means, and what to do. */
export function describeLogin(state: LoginState): string {
  switch (state.kind) {
    case 'signed-in':
      return 'Claude Code is signed in to this server.';
    case 'will-refresh':
      return 'Claude Code is signed in to this server, and gets a new token when it next uses it.';
    case 'expired':
      return 'The sign-in of Claude Code has expired, and there is nothing to renew it with. Sign in again.';
    case 'signed-out':
      return 'The server refused the last sign-in of Claude Code, or it was taken back. Sign in again.';
    case 'never':
      return 'Claude Code has no sign-in for this server as it is written here.';
    case 'lost':
      return describeLost(state.by);
    case 'unknown':
      return describeUnknown(state.why);
    default:
      return assertNever(state);
  }
}

/** What Claude Code was granted and by whom, for the end of a line. */
export function loginGrant(reading: LoginReading): readonly string[] {
  const login = reading.kind === 'read' ? reading.login : undefined;
  if (login === undefined || !login.hasAccessToken) {
    return [];
  }
  return [
    ...(login.issuer ? [`by ${oneLine(login.issuer, 100)}`] : []),
    ...(login.scope ? [`scopes ${oneLine(login.scope, 200)}`] : []),
  ];
}

const lostBy: Readonly<Record<LostBy, string>> = {
  name: 'its name',
  type: 'its type',
  url: 'its URL',
  headers: 'its headers',
  variable: 'a variable',
};

function describeLost(by: LostBy): string {
  const now =
    by === 'variable'
      ? 'A variable of this server has another value than when Claude Code was signed in to it.'
      : `Claude Code was signed in to this server before ${lostBy[by]} changed.`;
  return `${now} It keeps that sign-in, and uses it again when the entry is as before. Undo the change, or sign in again.`;
}

function unknownWords(why: WhyUnknown): string {
  switch (why.kind) {
    case 'not-asked':
    case 'refused':
      return 'not read';
    case 'keychain':
      return 'kept in the Keychain';
    case 'unreadable':
      return 'not readable';
    case 'unresolved':
      return `depends on ${oneLine(why.names.join(', '), 60)}`;
    default:
      return assertNever(why);
  }
}

function describeUnknown(why: WhyUnknown): string {
  switch (why.kind) {
    case 'not-asked':
      return 'Whether Claude Code is signed in was not read. Run "MCP Auth: Show Sign-Ins of Claude Code".';
    case 'refused':
      return 'Whether Claude Code is signed in is not read: mcpAuth.claude.readSignIns says never.';
    case 'keychain':
      return 'On macOS Claude Code keeps its sign-ins in the Keychain, which MCP Auth does not touch. "claude mcp get" tells the state of one server.';
    case 'unreadable':
      return 'The file in which Claude Code keeps its sign-ins could not be read.';
    case 'unresolved':
      return `Claude Code keeps a sign-in under the values of the variables. Not set where it would look: ${oneLine(why.names.join(', '))}.`;
    default:
      return assertNever(why);
  }
}

/** `less than a minute left`, `43 min left`, `5 h left`, `3 d left`. */
function timeLeft(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) {
    return 'less than a minute left';
  }
  if (minutes < 60) {
    return `${minutes} min left`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h left` : `${Math.floor(hours / 24)} d left`;
}
