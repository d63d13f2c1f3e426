import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { homedir, userInfo } from 'node:os';
import { isAbsolute } from 'node:path';
import type { Readable } from 'node:stream';
import { isSupportedShell, type LoginShellReading } from '../core/variables/loginShell';
import { MarkedOutput } from './markedOutput';
import { keepUntilGone, killTree, ownSession } from './ownProcesses';

export interface LoginShellOptions {
  /** The path of the shell; absent: the user's own. */
  readonly shell?: string;
  readonly timeoutMs?: number;
  readonly env?: Readonly<NodeJS.ProcessEnv>;
}

/** How long a shell may take to end once it has said everything, and its last output to arrive. */
const graceMs = 1000;

/**
 * What a session gives to a shell. Of the rest of our environment the shell gets nothing: it would
 * seem to be the shell's own.
 */
const inherited =
  /^(?:HOME|USER|LOGNAME|SHELL|PATH|LANG|LC_\w+|TZ|TMPDIR|DISPLAY|WAYLAND_DISPLAY|XDG_\w+|DBUS_SESSION_BUS_ADDRESS|SSH_AUTH_SOCK|WSL_\w+)$/;

/** The marks come in parts: startup files that print their environment never print a whole one. */
const program =
  'const { MCP_AUTH_MARK_1: a, MCP_AUTH_MARK_2: b } = process.env; process.stdout.write(a + b + JSON.stringify(process.env) + b + a);';

/** Alike in every shell; a path and a program in variables need no quoting. */
const command = 'command "$MCP_AUTH_NODE" -e "$MCP_AUTH_PROGRAM"';

/** What is there because of us or of any shell. */
const notOfPerson = /^(?:MCP_AUTH_(?:NODE|PROGRAM|MARK_[12])|ELECTRON_RUN_AS_NODE|SHLVL|_)$/;

/**
 * Starts the user's login shell once and reads the environment that its startup files make. The
 * shell has no terminal, no input and the home folder; what it prints is dropped.
 */
export async function readLoginShell(
  signal: AbortSignal,
  { shell = ownShell(), timeoutMs = 10_000, env = process.env }: LoginShellOptions = {},
): Promise<LoginShellReading> {
  if (shell === undefined || process.platform === 'win32') {
    return { kind: 'none' };
  }
  if (!isSupportedShell(shell)) {
    return { kind: 'not-supported', shell };
  }
  if (signal.aborted) {
    return { kind: 'cancelled' };
  }
  const [first, second] = [randomUUID(), randomUUID()];
  const child = spawn(shell, ['-l', '-i', '-c', command], {
    cwd: homedir(),
    ...ownSession,
    env: {
      ...Object.fromEntries(Object.entries(env).filter(([name]) => inherited.test(name))),
      TERM: 'dumb',
      ELECTRON_RUN_AS_NODE: '1',
      MCP_AUTH_NODE: process.execPath,
      MCP_AUTH_PROGRAM: program,
      MCP_AUTH_MARK_1: first,
      MCP_AUTH_MARK_2: second,
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  keepUntilGone(child.pid);
  const output = new MarkedOutput(first + second, second + first);
  const end = await untilDone(child, output, timeoutMs, signal);
  child.stdout.destroy();
  if (child.pid !== undefined) {
    await killTree(child.pid);
  }
  if (end === 'cancelled') {
    return { kind: 'cancelled' };
  }
  if (output.text !== undefined) {
    return { kind: 'read', shell, values: valuesIn(output.text) };
  }
  return end === 'too-late'
    ? { kind: end, shell, seconds: timeoutMs / 1000 }
    : { kind: end, shell };
}

type End = 'ended' | 'too-late' | 'cancelled' | 'not-started';

function untilDone(
  child: ChildProcessByStdio<null, Readable, null>,
  output: MarkedOutput,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<End> {
  return new Promise((resolve) => {
    const cancel = () => settle('cancelled');
    const timers = [setTimeout(() => settle('too-late'), timeoutMs)];
    const settle = (end: End) => {
      timers.forEach(clearTimeout);
      signal.removeEventListener('abort', cancel);
      resolve(end);
    };
    const settleSoon = () => timers.push(setTimeout(() => settle('ended'), graceMs));
    signal.addEventListener('abort', cancel);
    child.on('error', () => settle('not-started'));
    // A job that the shell leaves behind keeps the output open, so "close" may never come.
    child.on('exit', () => (output.text === undefined ? settleSoon() : settle('ended')));
    child.on('close', () => settle('ended'));
    child.stdout.on('data', (part: Buffer) => {
      const wasComplete = output.text !== undefined;
      output.add(part);
      if (!wasComplete && output.text !== undefined) {
        settleSoon();
      }
    });
  });
}

function valuesIn(json: string): ReadonlyMap<string, string> {
  const env = JSON.parse(json) as Readonly<Record<string, string>>;
  return new Map(Object.entries(env).filter(([name]) => !notOfPerson.test(name)));
}

function ownShell(): string | undefined {
  const { SHELL } = process.env;
  if (SHELL !== undefined && isAbsolute(SHELL)) {
    return SHELL;
  }
  try {
    return userInfo().shell ?? undefined;
  } catch {
    // A user whom the system does not know, as in some containers.
    return undefined;
  }
}
