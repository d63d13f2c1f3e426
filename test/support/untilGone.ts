import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Settles when a process that is none of ours has ended. */
export async function untilGone(pid: number): Promise<void> {
  await promisify(execFile)('tail', [`--pid=${pid}`, '-f', '/dev/null']);
}
