import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { curlArguments, curlConfig, type CurlLimits } from '../core/tokenTest/curlConfig';
import {
  namesProxy,
  proxyCredentials,
  proxyInUse,
  routeBySetting,
  type ProxySetting,
} from '../core/tokenTest/curlProxy';
import { findVersionProblem, readVersion, type CurlProblem } from '../core/tokenTest/curlVersion';
import { parseCurlOutput, type HttpExchange } from '../core/tokenTest/httpExchange';
import type { HttpRunner, HttpRunOptions, HttpRunResult } from '../core/tokenTest/httpRunner';
import { createValueMasker } from '../core/tokenTest/knownValues';
import { CurlStdout } from './curlStdout';
import { findExecutable } from './findExecutable';
import { keepUntilGone, killTree, letGo, ownSession } from './ownProcesses';

export interface CurlOptions {
  /** Empty or absent: the one on PATH. */
  readonly path?: string;
  /** For one request. */
  readonly timeoutMs?: number;
  /** Until the connection stands. */
  readonly connectTimeoutMs?: number;
  /** Counts where the environment names no proxy. */
  readonly proxy?: ProxySetting;
  readonly env?: Readonly<NodeJS.ProcessEnv>;
}

/** curl's own message is short; a program that is not curl may say anything. */
const maxMessageLength = 64 * 1024;

/** curl ends by itself when its time is over; a program that is not curl, or hangs, is ended. */
const graceMs = 2000;

/** How long output may come after the end of the program; what a wrapper left behind is ended then. */
const restMs = 300;

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
  const { path: configured = '', timeoutMs = 30_000, connectTimeoutMs = 10_000 } = options;
  const allEnv = options.env ?? process.env;
  const env = curlEnvironment(allEnv);
  const curl = await findCurl(configured, env);
  if (curl.kind !== 'found') {
    return {
      conditions: () => undefined,
      run: () => Promise.resolve({ kind: 'curl-missing', problem: curl }),
    };
  }
  const { path, version } = curl;
  const route = namesProxy(env) ? undefined : routeBySetting(options.proxy, env);
  const secrets = proxyCredentials(proxiesIn(env, route?.proxy));
  const maskSecrets = secrets.length > 0 ? createValueMasker(secrets) : undefined;
  return {
    conditions: (url) => ({
      curlVersion: version,
      proxy: proxyInUse(url, env, route, version),
      caFrom: ['CURL_CA_BUNDLE', 'SSL_CERT_FILE', 'SSL_CERT_DIR'].find((name) => env[name]),
      hasNodeCa: (allEnv['NODE_EXTRA_CA_CERTS'] ?? '') !== '',
      connectTimeoutMs: Math.min(connectTimeoutMs, timeoutMs),
      timeoutMs,
    }),
    async run(spec, runOptions, signal) {
      const maxTimeMs = Math.min(timeoutMs, runOptions.maxTimeMs ?? timeoutMs);
      const limits = { maxTimeMs, connectTimeoutMs: Math.min(connectTimeoutMs, maxTimeMs) };
      const marker = randomUUID();
      const { insecure = false } = runOptions;
      const config = curlConfig(spec, limits, marker, { ...route, insecure });
      const result = await runCurl({ path, env, config, marker, limits }, runOptions, signal);
      return result.kind === 'exchange' && maskSecrets !== undefined
        ? { kind: 'exchange', exchange: masked(result.exchange, maskSecrets) }
        : result;
    },
  };
}

function proxiesIn(env: Readonly<NodeJS.ProcessEnv>, configured = ''): readonly string[] {
  const named = Object.entries(env).filter(([key]) => /^(?:https?|all)_proxy$/i.test(key));
  return [configured, ...named.map(([, value = '']) => value)];
}

/** A proxy that shows what it was sent shows its own credential, which no target knows of. */
function masked(
  exchange: HttpExchange,
  maskIn: ReturnType<typeof createValueMasker>,
): HttpExchange {
  return {
    ...exchange,
    headers: exchange.headers.map(([name, value]) => [name, maskIn(value, 'whole')]),
    body: maskIn(exchange.body, exchange.bodyTruncated ? 'cut' : 'whole'),
    curlMessage: maskIn(exchange.curlMessage, 'whole'),
  };
}

interface FoundCurl {
  readonly kind: 'found';
  readonly path: string;
  readonly version: string;
}

/** The curl of that path or, where it is empty, on PATH; or why none can be used for tests. */
async function findCurl(
  configured: string,
  env: Readonly<NodeJS.ProcessEnv>,
): Promise<FoundCurl | CurlProblem> {
  const path = await findExecutable('curl', configured);
  if (path === undefined) {
    return missing(configured);
  }
  const options = { env, timeout: 5000, windowsHide: true };
  try {
    const { stdout } = await promisify(execFile)(path, ['-q', '--version'], options);
    return (
      findVersionProblem(path, stdout) ?? { kind: 'found', path, version: readVersion(stdout) }
    );
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
    const child = spawn(path, curlArguments, { env, ...ownSession });
    keepUntilGone(child.pid);
    const output = new CurlStdout(options);
    let stderr = '';
    let stopped: Stop | undefined;
    let ending: Promise<void> | undefined;
    let rest: NodeJS.Timeout | undefined;

    // A curl that is a script has started the curl that sends: both have to end.
    const endTree = () => {
      ending ??= (child.pid === undefined ? Promise.resolve() : killTree(child.pid)).then(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      });
    };
    const stop = (reason: Stop) => {
      stopped ??= reason;
      endTree();
    };
    const cancel = () => stop('cancelled');
    const complete = () => stop('answered');
    const timer = setTimeout(() => stop('too-late'), limits.maxTimeMs + graceMs);
    const settle = (result: HttpRunResult) => {
      clearTimeout(timer);
      clearTimeout(rest);
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
    child.on('exit', () => (rest = setTimeout(endTree, restMs)));
    const finish = (code: number | null) => {
      letGo(child.pid);
      if (stopped === 'cancelled') {
        return settle({ kind: 'cancelled' });
      }
      const exitCode = exitCodeOf(code, stopped);
      const isTruncated = stopped === 'too-large';
      const stdout = output.bytes();
      const exchange = parseCurlOutput({ stdout, stderr, marker, exitCode, isTruncated });
      settle({ kind: 'exchange', exchange });
    };
    child.on('close', (code) => void (ending ?? Promise.resolve()).then(() => finish(code)));
    // curl may be gone before it has read everything; its exit code says more than EPIPE.
    child.stdin.on('error', () => undefined);
    child.stdin.end(config, 'latin1');
  });
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
