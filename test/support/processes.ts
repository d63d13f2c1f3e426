import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';

export interface RunningProcess {
  readonly pid: string;
  /** Its words with NUL behind each. */
  readonly commandLine: Buffer;
  /** Its variables with NUL behind each. */
  readonly environment: Buffer;
}

/** Every process of this machine. */
export function runningProcesses(): readonly RunningProcess[] {
  return lookAt(readdirSync('/proc').filter((name) => /^\d+$/.test(name)));
}

/** Those that `parent` has started itself. */
export function childrenOf(parent: number | string): readonly RunningProcess[] {
  const pids = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8');
  return lookAt(pids.split(' ').filter((pid) => pid !== ''));
}

/** The curls that this process has started and that are still there, scripts called so as well. */
export function curls(): readonly RunningProcess[] {
  return childrenOf(process.pid).filter(({ commandLine }) => commandLine.includes('curl\0'));
}

/** Whoever has ended and is not asked for by a parent, as in a container, stays in the list. */
export function isRunning(pid: number | string): boolean {
  return /^\d+ \(.*\) [^ZX] /s.test(readIfThere(`/proc/${pid}/stat`).toString());
}

/** Settles when a process that is none of ours has ended. */
export async function untilGone(pid: number): Promise<void> {
  await promisify(execFile)('tail', [`--pid=${pid}`, '-f', '/dev/null']);
}

/** Files and processes come and go. */
export function readIfThere(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}

function lookAt(pids: readonly string[]): readonly RunningProcess[] {
  return pids.map((pid) => ({
    pid,
    commandLine: readIfThere(`/proc/${pid}/cmdline`),
    environment: readIfThere(`/proc/${pid}/environ`),
  }));
}
