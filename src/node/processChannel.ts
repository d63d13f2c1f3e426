import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import { localEnvironment } from '../core/tokenTest/localEnvironment';
import {
  folderMissing,
  type ChannelEnd,
  type MessageChannel,
  type ProcessSpec,
} from '../core/tokenTest/messageChannel';
import { isScriptWithoutInterpreter } from './scriptWithoutInterpreter';
import { MessageQueue, type ChannelLimits } from './messageQueue';
import { keepUntilGone, killTree, ownSession } from './ownProcesses';

/** How long a program may take after each of: the end of its input, SIGTERM. */
const graceMs = 1000;

/** How long output may come after the end of the program, or the end after that of its output. */
const restMs = 300;

/** Much more than is shown, so that what is cut off in front is not. */
const maxErrorBytes = 64 * 1024;

/**
 * Starts a program without a shell, in a session of its own. Whatever it starts is ended with it,
 * apart from what has left the session as a daemon does.
 */
export function startProcess(
  { command, args, env, folder }: ProcessSpec,
  inherited: Readonly<NodeJS.ProcessEnv>,
  limits: ChannelLimits,
): MessageChannel {
  let child: ChildProcessWithoutNullStreams | undefined;
  const errors = new ErrorTail();
  const queue = new MessageQueue(limits, () => child?.stdout.destroy());
  const gone = queue.hasEnded ? Promise.resolve() : start();
  let closing: Promise<void> | undefined;

  function start(): Promise<void> {
    const childEnv = { ...localEnvironment(inherited, folder), ...env };
    if (isScriptWithoutInterpreter(command, folder, childEnv.PATH)) {
      queue.finish({ kind: 'not-opened', code: 'ENOEXEC', detail: '' });
      return Promise.resolve();
    }
    try {
      child = spawn(command, args, {
        cwd: folder,
        env: childEnv,
        ...ownSession,
      });
    } catch (error) {
      // Some reasons, such as arguments that are too long, are thrown and not told as an event.
      queue.finish({ kind: 'not-opened', code: codeOf(error), detail: '' });
      return Promise.resolve();
    }
    keepUntilGone(child.pid);
    return watch(child, queue, errors, folder);
  }

  function answer(message: string): void {
    if (child?.stdin.writable === true) {
      child.stdin.write(`${message}\n`);
    }
  }

  return {
    send(message) {
      queue.restart();
      answer(message);
    },
    answer,
    receive: () => queue.receive(),
    close: () => (closing ??= end(child, gone, limits.signal)),
    errorOutput: () => errors.text(),
  };
}

/** Settles when the program has ended, or was never started. */
function watch(
  child: ChildProcessWithoutNullStreams,
  queue: MessageQueue,
  errors: ErrorTail,
  folder: string,
): Promise<void> {
  const lines = new LineReader();
  child.stdout.on('data', (part: Buffer) => {
    if (queue.countBytes(part.length)) {
      for (const line of lines.read(part)) {
        if (!queue.countWhole(line.length)) {
          break;
        }
        queue.push(line);
      }
    }
  });
  child.stderr.on('data', (part: Buffer) => errors.add(part));
  // It may be gone before it has read everything; how it ended says more than EPIPE.
  for (const stream of [child.stdin, child.stdout, child.stderr]) {
    stream.on('error', () => undefined);
  }
  return new Promise((resolve) => {
    let end: ChannelEnd | undefined;
    const finish = () => {
      // Of a program that was not started "close" comes too, before it is known why.
      if (child.pid !== undefined) {
        queue.finish(end ?? { kind: 'closed', code: undefined, detail: errors.text() });
      }
    };
    child.on('error', (error) => {
      void startFailure(error, folder).then((failure) => queue.finish(failure));
      resolve();
    });
    child.on('exit', (code, signal) => {
      end = {
        kind: 'closed',
        code: code ?? undefined,
        ...(signal !== null && { signal }),
        detail: errors.text(),
      };
      // What it started may keep the output open, so "close" may never come.
      setTimeout(finish, restMs);
      resolve();
    });
    child.on('close', finish);
    child.stdout.on('end', () => setTimeout(finish, restMs));
  });
}

/** A folder that does not exist looks to the system like a program that does not. */
async function startFailure(error: unknown, folder: string): Promise<ChannelEnd> {
  const code = codeOf(error);
  const isFolder = await stat(folder).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  return { kind: 'not-opened', code: isFolder ? code : folderMissing, detail: '' };
}

/** The end of the input, then SIGTERM, then SIGKILL for whatever is left. One who cancels does not wait. */
async function end(
  child: ChildProcessWithoutNullStreams | undefined,
  gone: Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  if (child?.pid === undefined) {
    return gone;
  }
  child.stdin.end();
  if (!signal.aborted) {
    await within(graceMs, gone, signal);
  }
  if (child.exitCode === null && child.signalCode === null) {
    terminate(child);
    await within(graceMs, gone);
  }
  await killTree(child.pid);
  await gone;
  for (const stream of [child.stdin, child.stdout, child.stderr]) {
    stream.destroy();
  }
}

function terminate({ pid = 0 }: ChildProcessWithoutNullStreams): void {
  try {
    if (process.platform !== 'win32') {
      process.kill(-pid, 'SIGTERM');
    }
  } catch {
    // Gone meanwhile.
  }
}

function within(ms: number, done: Promise<void>, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', settle);
      resolve();
    };
    const timer = setTimeout(settle, ms);
    signal?.addEventListener('abort', settle);
    void done.then(settle);
  });
}

/** Whole lines out of what comes in pieces. */
class LineReader {
  private readonly decoder = new StringDecoder('utf8');
  private readonly rest: string[] = [];

  read(part: Buffer): readonly string[] {
    const [first = '', ...others] = this.decoder.write(part).split('\n');
    this.rest.push(first);
    if (others.length === 0) {
      return [];
    }
    const whole = [this.rest.splice(0).join(''), ...others.slice(0, -1)];
    this.rest.push(others.at(-1) ?? '');
    return whole.filter((line) => line.trim() !== '');
  }
}

/** The last that was written to stderr, from white space on: half a credential is not known as one. */
class ErrorTail {
  private kept = Buffer.alloc(0);
  private isCut = false;

  add(part: Buffer): void {
    this.isCut ||= this.kept.length + part.length > maxErrorBytes;
    this.kept = Buffer.concat([this.kept, part]).subarray(-maxErrorBytes);
  }

  text(): string {
    const text = this.kept.toString('utf8');
    return this.isCut ? text.replace(/^\S*/, '') || '…' : text;
  }
}

function codeOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : 'UNKNOWN';
}
