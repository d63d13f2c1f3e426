import { readClockAhead } from './httpDate';
import type { HttpExchange } from './httpExchange';
import type { HttpRequestSpec, HttpRunner } from './httpRunner';
import type { JudgeContext } from './judgeExchange';
import type { Channels } from './messageChannel';
import { createAnswerWatcher } from './mcpAnswer';
import { createRedactor, type RecordedRequest } from './redaction';
import type { StepName, TokenTestOutcome } from './tokenTestOutcome';
import type { RemoteTarget } from './tokenTestTarget';

/** What a test works with. */
export interface TokenTestPorts extends Channels {
  readonly http: HttpRunner;
  /** Epoch milliseconds. */
  now(): number;
}

/** One request and its answer, without any credential. */
export type TokenTestStep = HttpStep | MessageStep;

export interface HttpStep {
  readonly kind: 'http';
  readonly name: StepName;
  readonly request: RecordedRequest;
  readonly exchange: HttpExchange;
  readonly durationMs: number;
  /** How far the clock of this computer is ahead of the server's, where they do not agree. */
  readonly clockAheadMs?: number;
}

/** A message over a channel, and what came back for it. */
export interface MessageStep {
  readonly kind: 'message';
  readonly name: StepName;
  readonly sent: string;
  /** The answer, or in words why there is none. */
  readonly received: string;
  readonly durationMs: number;
}

export type Sent =
  | { readonly kind: 'exchange'; readonly exchange: HttpExchange; readonly context: JudgeContext }
  | { readonly kind: 'decided'; readonly outcome: TokenTestOutcome };

export interface SendOptions {
  /** The id of the request: an event stream is left when its response has arrived. */
  readonly answerTo?: number;
  readonly maxTimeMs?: number;
}

/** Sends the requests of one run and keeps what may be kept of each. */
export interface Sender {
  /** The steps so far, in order. */
  readonly steps: readonly TokenTestStep[];
  send(name: StepName, spec: HttpRequestSpec, options?: SendOptions): Promise<Sent>;
  /** Text of the server without the credentials of this run. */
  clean(text: string): string;
}

export function createSender(
  target: RemoteTarget,
  { http, now }: TokenTestPorts,
  signal: AbortSignal,
): Sender {
  const redactor = createRedactor(target);
  const steps: TokenTestStep[] = [];
  return {
    steps,
    clean: redactor.values,
    async send(name, spec, { answerTo, maxTimeMs } = {}) {
      const startedAt = now();
      const options = {
        ...(answerTo !== undefined && { onBodyPart: createAnswerWatcher(answerTo) }),
        ...(maxTimeMs !== undefined && { maxTimeMs }),
      };
      const result = await http.run(spec, options, signal);
      if (result.kind !== 'exchange') {
        return { kind: 'decided', outcome: result };
      }
      const { exchange } = result;
      const endedAt = now();
      const clockAheadMs = readClockAhead(exchange, endedAt);
      steps.push({
        kind: 'http',
        name,
        request: redactor.request(spec),
        exchange: redactor.exchange(exchange),
        durationMs: endedAt - startedAt,
        ...(clockAheadMs !== undefined && { clockAheadMs }),
      });
      return {
        kind: 'exchange',
        exchange,
        context: { target, redactor, step: name, now: endedAt },
      };
    },
  };
}
