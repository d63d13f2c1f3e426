import { spawn } from 'node:child_process';
import { findExecutable } from './findExecutable';

export interface GitOptions {
  readonly cwd: string;
  readonly input?: string;
  readonly signal?: AbortSignal;
}

/** A repository must not choose programs for us to run, nor git ask a server for what is missing. */
const safe = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath='];
const noFetching = {
  GIT_NO_LAZY_FETCH: '1',
  // An older git knows the line above not, but asks nobody over a protocol that is not allowed.
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_OPTIONAL_LOCKS: '0',
};

const maxMilliseconds = 60_000;

/**
 * Runs git, which reads and never writes, and hands its output to `take` as it comes; `take`
 * answers false when it has seen enough. Answers the exit code, `undefined` where git could not be
 * started or was ended.
 */
export async function runGit(
  args: readonly string[],
  { cwd, input = '', signal }: GitOptions,
  take: (chunk: Buffer) => boolean,
): Promise<number | undefined> {
  const program = await findExecutable('git');
  if (program === undefined || signal?.aborted === true) {
    return undefined;
  }
  return new Promise((resolve) => {
    const child = spawn(program, [...safe, ...args], {
      cwd,
      env: { ...process.env, ...noFetching },
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: maxMilliseconds,
      windowsHide: true,
      ...(signal && { signal }),
    });
    child.stdout.on('data', (chunk: Buffer) => {
      if (!take(chunk)) {
        child.kill();
      }
    });
    // Ended by the signal it is still there for a moment: `close` follows.
    child.on('error', () => child.pid === undefined && resolve(undefined));
    child.on('close', (code) => resolve(code ?? undefined));
    // It may end before it has read everything.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
