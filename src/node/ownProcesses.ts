import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { killSession, killSessionNow } from './killSession';

/** For `spawn`: a session of its own, so that whatever a process starts can be ended with it. */
export const ownSession = { detached: process.platform !== 'win32', windowsHide: true };

/** The processes that have to end with this one: when a window closes, nobody waits for them. */
const running = new Set<number>();

/** From here to `killTree` the process `pid`, which leads a session, ends with this one. */
export function keepUntilGone(pid: number | undefined): void {
  if (pid !== undefined) {
    process.off('exit', endAll).on('exit', endAll);
    running.add(pid);
  }
}

/** For a process that has ended by itself and left nothing. */
export function letGo(pid: number | undefined): void {
  if (pid !== undefined) {
    running.delete(pid);
  }
}

/**
 * Ends a process and whatever it has started; on Windows, where there are no sessions, by the tool of
 * the system. Never rejects.
 */
export async function killTree(pid: number): Promise<void> {
  if (process.platform === 'win32') {
    const tool = join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'taskkill.exe');
    await new Promise<void>((resolve) => {
      execFile(tool, ['/pid', String(pid), '/T', '/F'], { windowsHide: true }, () => resolve());
    });
  } else {
    await killSession(pid);
  }
  running.delete(pid);
}

function endAll(): void {
  running.forEach(killSessionNow);
}
