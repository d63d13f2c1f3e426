import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { atEnd, unlessEnding } from './ending';

const isWindows = process.platform === 'win32';

/** A program that was started, and with it whatever that starts in turn. */
export interface RunningProcess {
  readonly child: ChildProcess;
  /** The exit code; rejects when the program could not be started, waits when this process ends. */
  readonly exited: Promise<number>;
  /** Ends the program and its descendants; settles when none is left. */
  stop(): Promise<void>;
}

export interface FinishedProcess {
  readonly code: number;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

const alive = new Set<ChildProcess>();
process.on('exit', () => alive.forEach((child) => killGroup(child, 'SIGKILL')));

/** Starts a program as the head of a process group of its own, which does not outlive this process. */
export function startProcess(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): RunningProcess {
  const child = spawn(command, args, { ...options, detached: !isWindows });
  alive.add(child);
  const exited = Promise.race([
    once(child, 'exit').then(() => unlessEnding(child.exitCode ?? 1)),
    once(child, 'error').then(([error]) => Promise.reject(error as Error)),
  ]);
  exited.catch(() => undefined);
  const stop = async () => {
    await endGroup(child);
    alive.delete(child);
    forget();
  };
  const forget = atEnd(stop);
  return { child, exited, stop };
}

/**
 * Runs a program to its end and keeps what it says.
 * @param options `seconds`: the time it may take; a program that takes longer is ended, and failed
 */
export async function runProcess(
  command: string,
  args: readonly string[],
  options: SpawnOptions & { readonly seconds?: number } = {},
): Promise<FinishedProcess> {
  const running = startProcess(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let output = '';
  const keep = (chunk: Buffer) => {
    output += chunk.toString();
  };
  running.child.stdout?.on('data', keep);
  running.child.stderr?.on('data', keep);
  const closed = once(running.child, 'close').catch(() => undefined);
  const limit = setTimeout(() => void running.stop(), (options.seconds ?? 3600) * 1000);
  try {
    const code = await running.exited;
    await closed;
    return { code, output };
  } catch (error) {
    return { code: 127, output: output + String(error) };
  } finally {
    clearTimeout(limit);
    await running.stop();
  }
}

/** Asks the group to end, and insists on what is left when its head is gone or ten seconds are. */
async function endGroup(child: ChildProcess): Promise<void> {
  killGroup(child, 'SIGTERM');
  await waitForGroup(child, 10_000, () => hasExited(child));
  await waitForGroup(child, 500);
  killGroup(child, 'SIGKILL');
  // Not for ever: where process 1 reaps nobody, a dead group still answers.
  await waitForGroup(child, 1000);
}

async function waitForGroup(
  child: ChildProcess,
  milliseconds: number,
  isEnough: () => boolean = () => false,
): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (isGroupAlive(child) && !isEnough() && Date.now() < deadline) {
    await delay(25);
  }
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || !isGroupAlive(child)) {
    return;
  }
  if (isWindows) {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Gone in the meantime.
  }
}

function isGroupAlive(child: ChildProcess): boolean {
  if (child.pid === undefined) {
    return false;
  }
  if (isWindows) {
    return !hasExited(child);
  }
  try {
    return process.kill(-child.pid, 0);
  } catch {
    return false;
  }
}

function hasExited(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
