import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Somebody may start another process while the list is read. */
const maxRounds = 5;

/**
 * Ends the process `leader`, which was started with a session of its own, and everything that it
 * started and that has not left the session as a daemon does. A shell may put its jobs into groups of
 * their own: to end the group of `leader` would not reach them.
 */
export async function killSession(leader: number): Promise<void> {
  for (let round = 0; round < maxRounds; round++) {
    const list = process.platform === 'linux' ? sessionOf(leader) : treeOf(leader);
    // Where the system tells nothing, at least its group is ended.
    const members = await list.catch(() => []);
    members.forEach(kill);
    if (members.length === 0) {
      break;
    }
  }
  kill(-leader);
}

/** The same at once and once, for when this process ends. Elsewhere than on Linux: the group. */
export function killSessionNow(leader: number): void {
  if (process.platform === 'linux') {
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && isMemberNow(leader, name))
      .forEach((name) => kill(Number(name)));
  }
  kill(-leader);
}

function isMemberNow(leader: number, pid: string): boolean {
  try {
    return isAliveIn(leader, readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

async function sessionOf(leader: number): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const isMember = await Promise.all(
    pids.map((pid) =>
      readFile(`/proc/${pid}/stat`, 'utf8').then(
        (stat) => isAliveIn(leader, stat),
        // Gone meanwhile.
        () => false,
      ),
    ),
  );
  return pids.filter((_, index) => isMember[index]);
}

/** `PID (NAME) STATE PARENT GROUP SESSION …`, where NAME may have blanks and brackets. */
function isAliveIn(session: number, stat: string): boolean {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return !/[ZX]/.test(fields[0] ?? '') && Number(fields[3]) === session;
}

/** Where the system does not tell sessions: what descends from `leader`. */
async function treeOf(leader: number): Promise<readonly number[]> {
  const { stdout } = await promisify(execFile)('/bin/ps', ['-A', '-o', 'pid=,ppid=,stat=']);
  return descendantsIn(stdout, leader);
}

/** `leader` and what it started, of lines with `PID PARENT STATE`; without those that have ended. */
export function descendantsIn(list: string, leader: number): readonly number[] {
  const rows = list.split('\n').map((line) => line.trim().split(/\s+/));
  const alive = rows.filter(([, , state = 'Z']) => !state.startsWith('Z'));
  const members = new Set([leader]);
  let size = 0;
  while (size < members.size) {
    size = members.size;
    for (const [pid, parent] of alive) {
      if (members.has(Number(parent))) {
        members.add(Number(pid));
      }
    }
  }
  return alive.map(([pid]) => Number(pid)).filter((pid) => members.has(pid));
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone meanwhile, which is what was wanted.
  }
}
