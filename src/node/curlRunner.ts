import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { curlArguments, curlConfig, type CurlLimits } from '../core/tokenTest/curlConfig';
import { findVersionProblem, type CurlProblem } from '../core/tokenTest/curlVersion';
import { findHead, parseCurlOutput } from '../core/tokenTest/httpExchange';
import type { HttpRunner, HttpRunOptions, HttpRunResult } from '../core/tokenTest/httpRunner';
import { findExecutable } from './findExecutable';

export interface CurlOptions {
  /** Empty or absent: the one on PATH. */
  readonly path?: string;
  /** For one request. */
  readonly timeoutMs?: number;
  readonly env?: Readonly<NodeJS.ProcessEnv>;
}

/** Of head and body together. */
const maxOutputBytes = 1024 * 1024;

/** curl's own message is short; a program that is not curl may say anything. */
const maxMessageLength = 64 * 1024;

const connectTimeoutMs = 10_000;

/** curl ends by itself when its time is over; a program that is not curl, or hangs, is ended. */
const graceMs = 2000;

/** All that curl gets to see of our environment: where programs, proxies and CA files are. */
const inherited = new Set([
  'PATH',
  'SYSTEMROOT',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'NO_PROXY',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'CURL_CA_BUNDLE',
]);

/** A runner over the curl of this machine; without a usable one, every run says what is missing. */
export async function createCurlRunner(options: CurlOptions = {}): Promise<HttpRunner> {
  const { path: configured = '', timeoutMs = 30_000 } = options;
  const env = curlEnvironment(options.env ?? process.env);
  const path = await findExecutable('curl', configured);
  const problem = path === undefined ? missing(configured) : await checkVersion(path, env);
  if (path === undefined || problem !== undefined) {
    const found = problem ?? missing(configured);
    return { run: () => Promise.resolve({ kind: 'curl-missing', problem: found }) };
  }
  return {
    run(spec, runOptions, signal) {
      const maxTimeMs = Math.min(timeoutMs, runOptions.maxTimeMs ?? timeoutMs);
      const limits = { maxTimeMs, connectTimeoutMs: Math.min(connectTimeoutMs, maxTimeMs) };
      const marker = randomUUID();
      const config = curlConfig(spec, limits, marker);
      return runCurl({ path, env, config, marker, limits }, runOptions, signal);
    },
  };
}

/** The problem of the program at `path` as a curl for tests, `undefined` if it is one. */
async function checkVersion(
  path: string,
  env: Readonly<NodeJS.ProcessEnv>,
): Promise<CurlProblem | undefined> {
  const options = { env, timeout: 5000, windowsHide: true };
  try {
    const { stdout } = await promisify(execFile)(path, ['-q', '--version'], options);
    return findVersionProblem(path, stdout);
  } catch {
    // Whatever keeps it from running, a user can only name another one.
    return { kind: 'not-runnable', path };
  }
}

interface CurlRun {
  readonly path: string;
  readonly env: Readonly<NodeJS.ProcessEnv>;
  readonly config: string;
  readonly marker: string;
  readonly limits: CurlLimits;
}

/** Why we ended curl, where it did not end by itself. */
type Stop = 'cancelled' | 'answered' | 'too-large' | 'too-late';

function runCurl(
  { path, env, config, marker, limits }: CurlRun,
  options: HttpRunOptions,
  signal: AbortSignal,
): Promise<HttpRunResult> {
  if (signal.aborted) {
    return Promise.resolve({ kind: 'cancelled' });
  }
  return new Promise((resolve) => {
    const child = spawn(path, curlArguments, { env, windowsHide: true });
    const output = new CurlStdout(options);
    let stderr = '';
    let stopped: Stop | undefined;

    const stop = (reason: Stop) => {
      stopped ??= reason;
      child.kill('SIGKILL');
    };
    const cancel = () => stop('cancelled');
    const complete = () => stop('answered');
    const timer = setTimeout(() => stop('too-late'), limits.maxTimeMs + graceMs);
    const settle = (result: HttpRunResult) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      options.stop?.removeEventListener('abort', complete);
      resolve(result);
    };
    signal.addEventListener('abort', cancel);
    options.stop?.addEventListener('abort', complete);
    if (options.stop?.aborted === true) {
      complete();
    }

    child.stdout.on('data', (part: Buffer) => {
      const reason = stopped === undefined ? output.add(part) : undefined;
      if (reason !== undefined) {
        stop(reason);
      }
    });
    child.stderr.on('data', (part: Buffer) => {
      stderr = (stderr + part.toString('utf8')).slice(0, maxMessageLength);
    });
    child.on('error', () => {
      settle({ kind: 'curl-missing', problem: { kind: 'not-runnable', path } });
    });
    child.on('close', (code) => {
      if (stopped === 'cancelled') {
        return settle({ kind: 'cancelled' });
      }
      const exitCode = exitCodeOf(code, stopped);
      const isTruncated = stopped === 'too-large';
      const stdout = output.bytes();
      const exchange = parseCurlOutput({ stdout, stderr, marker, exitCode, isTruncated });
      settle({ kind: 'exchange', exchange });
    });
    // curl may be gone before it has read everything; its exit code says more than EPIPE.
    child.stdin.on('error', () => undefined);
    child.stdin.end(config, 'latin1');
  });
}

/** Collects what curl prints, up to the limit, and shows the body to whoever waits for an answer. */
class CurlStdout {
  private readonly parts: Uint8Array[] = [];
  private readonly decoder = new TextDecoder();
  private length = 0;
  private status: number | undefined;
  private headLength = 0;

  constructor(private readonly options: HttpRunOptions) {}

  add(part: Uint8Array): 'answered' | 'too-large' | undefined {
    const isTooLarge = this.length + part.length > maxOutputBytes;
    const kept = part.subarray(0, maxOutputBytes - this.length);
    this.parts.push(kept);
    this.length += kept.length;
    const body = this.decoder.decode(this.bodyIn(kept), { stream: true });
    const { onBodyPart, stopAtStatus } = this.options;
    const isOver = this.status !== undefined && this.status === stopAtStatus;
    if (isOver) {
      // What follows is of another protocol.
      this.parts.splice(0, Infinity, this.bytes().subarray(0, this.headLength));
    }
    if (isOver || onBodyPart?.(body) === 'stop') {
      return 'answered';
    }
    return isTooLarge ? 'too-large' : undefined;
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.parts);
  }

  private bodyIn(part: Uint8Array): Uint8Array {
    if (this.status !== undefined) {
      return part;
    }
    const printed = this.bytes();
    const head = findHead(printed);
    if (head !== undefined) {
      this.status = head.status;
      this.options.onHead?.(head);
    }
    this.headLength = head?.length ?? printed.length;
    return printed.subarray(this.headLength);
  }
}

/** 28 is curl's code for a timeout; one that was ended from outside has none, which 2 stands for. */
function exitCodeOf(code: number | null, stopped: Stop | undefined): number {
  switch (stopped) {
    case 'answered':
    case 'too-large':
      return 0;
    case 'too-late':
      return 28;
    case 'cancelled':
    case undefined:
      return code ?? 2;
  }
}

function missing(configured: string): CurlProblem {
  return configured === '' ? { kind: 'not-found' } : { kind: 'not-runnable', path: configured };
}

function curlEnvironment(env: Readonly<NodeJS.ProcessEnv>): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([key]) => inherited.has(key.toUpperCase())),
  );
}
