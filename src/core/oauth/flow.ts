import { foreign, SignInError, type SignInFailure } from './failure';
import type { Clock, HttpFailureKind, OAuthHttp, OAuthRequest, OAuthResponse } from './ports';
import { steps, type StepName, type StepOutcome, type StepRecord } from './steps';
import { isLoopback } from './urlPolicy';

/** What every operation of the engine needs. */
export interface SignInPorts {
  readonly http: OAuthHttp;
  readonly clock: Clock;
  /** Called once for each step, while it happens. */
  record(step: StepRecord): void;
  /** Makes an address fit to be shown where it may hold a credential. */
  shown?(url: string): string;
}

/** How an operation ended. `failedAt` is the first step that failed. */
export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'failed'; readonly failure: SignInFailure; readonly failedAt: StepName };

/** One running operation. */
export interface Flow {
  readonly ports: SignInPorts;
  readonly signal: AbortSignal;
  /** Whether the MCP server is on this machine. */
  readonly isLocal: boolean;
}

export type Send = (request: OAuthRequest) => Promise<OAuthResponse>;

/** What a step came to. */
export interface Reading<T> {
  readonly value: T;
  /** `done` unless given. */
  readonly outcome?: StepOutcome;
  readonly read?: StepRecord['read'];
  readonly remark?: string;
}

/** Runs an operation and turns what ends it into a value; bugs still throw. */
export async function runFlow<T>(
  ports: SignInPorts,
  serverUrl: string,
  signal: AbortSignal,
  run: (flow: Flow) => Promise<T>,
): Promise<Outcome<T>> {
  const isLocal = URL.canParse(serverUrl) && isLoopback(new URL(serverUrl).hostname);
  try {
    return { kind: 'done', value: await run({ ports, signal, isLocal }) };
  } catch (error) {
    if (error instanceof SignInError) {
      return { kind: 'failed', failure: error.failure, failedAt: error.step };
    }
    throw error;
  }
}

/**
 * Runs one step and records it, each of its requests by itself.
 * @throws SignInError
 */
export async function takeStep<T>(
  flow: Flow,
  step: StepName,
  run: (send: Send) => Promise<Reading<T>>,
): Promise<T> {
  const { ports, signal } = flow;
  let last: Pick<StepRecord, 'request' | 'status'> = {};

  function record(rest: Pick<StepRecord, 'read' | 'outcome' | 'remark' | 'failure'>): void {
    ports.record({ step, section: steps[step], ...last, ...rest });
  }

  async function send(request: OAuthRequest): Promise<OAuthResponse> {
    if (last.request !== undefined) {
      record({ read: [], outcome: 'repeated' });
    }
    last = { request: shownRequest(request, ports) };
    try {
      stopIfCancelled(signal, step);
      const response = await ports.http.send(request, signal);
      last = { ...last, status: response.status };
      stopIfCancelled(signal, step);
      return response;
    } catch (error) {
      throw asSignInError(error, step, new URL(request.url).host);
    }
  }

  try {
    stopIfCancelled(signal, step);
    const { value, outcome = 'done', read = [], remark } = await run(send);
    record({ outcome, read: read.map(shownPair), ...(remark !== undefined && { remark }) });
    return value;
  } catch (error) {
    if (error instanceof SignInError) {
      record({ read: [], outcome: 'failed', failure: error.failure });
    }
    throw error;
  }
}

/** @throws SignInError */
export function stopIfCancelled(signal: AbortSignal, step: StepName): void {
  if (signal.aborted) {
    throw new SignInError({ kind: 'cancelled' }, step);
  }
}

const httpFailureKinds: ReadonlySet<string> = new Set<HttpFailureKind>([
  'unreachable',
  'tls',
  'timeout',
  'too-large',
  'refused-address',
  'refused-scheme',
  'cancelled',
]);

/** By its shape: the port is built into another bundle, where the class is another one. */
function asSignInError(error: unknown, step: StepName, host: string): unknown {
  if (error instanceof SignInError || !(error instanceof Error) || !('kind' in error)) {
    return error;
  }
  const kind = String(error.kind);
  if (kind === 'cancelled') {
    return new SignInError({ kind }, step);
  }
  const reason = kind as HttpFailureKind;
  return httpFailureKinds.has(kind)
    ? new SignInError({ kind: 'no-connection', host, reason, sentence: error.message }, step)
    : error;
}

function shownRequest(
  { method, url, headers, body = '' }: OAuthRequest,
  { shown = (text) => text }: SignInPorts,
): NonNullable<StepRecord['request']> {
  const { origin, pathname, searchParams } = new URL(url);
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  const sent = isForm ? [...new URLSearchParams(body).keys()] : body === '' ? [] : jsonKeys(body);
  return {
    method,
    url: shown(origin + pathname),
    parameters: [...searchParams.keys(), ...sent].map(foreign),
  };
}

/** Of a body that we wrote. */
function jsonKeys(body: string): readonly string[] {
  return Object.keys(JSON.parse(body) as object);
}

function shownPair([name, value]: readonly [string, string]): readonly [string, string] {
  return [name, foreign(value)];
}
