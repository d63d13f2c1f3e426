import { assertNever } from '../base/assertNever';
import { oneLine } from '../base/text';

/** What came of asking the login shell for its variables; `shell` is its path. */
export type LoginShellReading =
  | { readonly kind: 'read'; readonly shell: string; readonly values: ReadonlyMap<string, string> }
  /** It was ended: its files took longer than `seconds`. */
  | { readonly kind: 'too-late'; readonly shell: string; readonly seconds: number }
  /** It ended by itself before it had run what it was given. */
  | { readonly kind: 'ended'; readonly shell: string }
  | { readonly kind: 'not-started'; readonly shell: string }
  /** A shell of which it is not known how to ask it. */
  | { readonly kind: 'not-supported'; readonly shell: string }
  /** There is none, as on Windows. */
  | { readonly kind: 'none' }
  | { readonly kind: 'cancelled' };

/** Starts the login shell of whoever uses this machine; what it prints is seen by nobody. */
export type ReadLoginShell = (signal: AbortSignal) => Promise<LoginShellReading>;

/** Shells that are asked in the same words. */
const supported = ['bash', 'zsh', 'fish', 'dash', 'sh', 'ash', 'ksh', 'mksh'];

export function isSupportedShell(path: string): boolean {
  return supported.includes(nameOf(path));
}

/** What is wrong and what to do, in sentences; `undefined` where nothing is. */
export function describeLoginShellProblem(reading: LoginShellReading): string | undefined {
  switch (reading.kind) {
    case 'read':
    case 'cancelled':
      return undefined;
    case 'too-late':
      return `Your login shell (${shown(reading)}) was not ready after ${reading.seconds} seconds and was ended. Look in its startup files for what waits, such as a question or a request to a server.`;
    case 'ended':
      return `Your login shell (${shown(reading)}) ended before it could be asked. Look in its startup files for an "exit", or for an "exec" of another program.`;
    case 'not-started':
      return `Your login shell (${shown(reading)}) could not be started. The variable SHELL, or the account of the user, names it.`;
    case 'not-supported':
      return `Of your login shell (${shown(reading)}) it is not known how to ask for variables. Those that can be asked are ${supported.slice(0, 3).join(', ')} and shells like sh.`;
    case 'none':
      return 'There is no login shell on this system. Set variables in its settings, and start VS Code anew.';
    default:
      return assertNever(reading);
  }
}

/** The last part of a path, such as `zsh`. */
function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function shown({ shell }: { readonly shell: string }): string {
  return oneLine(nameOf(shell));
}
