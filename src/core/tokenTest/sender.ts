import { readClockAhead } from './httpDate';
import { createEventQueue, createEventStreamReader, type ServerSentEvent } from './eventStream';
import { headerValue, type HttpExchange, type ResponseHead } from './httpExchange';
import type { HttpRequestSpec, HttpRunner, HttpRunOptions, HttpRunResult } from './httpRunner';
import type { JudgeContext } from './judgeExchange';
import type { Channels } from './messageChannel';
import { createAnswerWatcher, isEventStream } from './mcpAnswer';
import { createMessageRecorder, type MessageRecorder } from './messageRecorder';
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

export type Sent = Exchanged | { readonly kind: 'decided'; readonly outcome: TokenTestOutcome };

export interface Exchanged {
  readonly kind: 'exchange';
  readonly exchange: HttpExchange;
  readonly context: JudgeContext;
}

export interface SendOptions {
  /** The id of the request: an event stream is left when its response has arrived. */
  readonly answerTo?: number;
  /** An event stream is left when this event has arrived. */
  readonly untilEvent?: string;
  readonly maxTimeMs?: number;
  /** An answer of this status is complete with its head. */
  readonly stopAtStatus?: number;
  /** No answer is due: one of 2xx is complete with its head, whatever may follow. */
  readonly isNotification?: boolean;
}

/** An event stream that stays open while other requests go out. */
export interface OpenStream {
  /** The next event, waiting for it; undefined when the answer is over or is no event stream. */
  next(): Promise<ServerSentEvent | undefined>;
  /** Ends it for sure; what there was of it. */
  end(): Promise<Sent>;
}

/** Sends the requests of one run and keeps what may be kept of each. */
export interface Sender {
  /** The steps so far, in the order of their beginning. */
  readonly steps: readonly TokenTestStep[];
  /** The first answer of 401, with everything that is in it. */
  readonly rejection: Exchanged | undefined;
  send(name: StepName, spec: HttpRequestSpec, options?: SendOptions): Promise<Sent>;
  /** Whoever opens a stream ends it, whatever happens in between. */
  open(name: StepName, spec: HttpRequestSpec): OpenStream;
  /** Text of the server without the credentials of this run. */
  clean(text: string): string;
  /** Records the messages of this run. */
  readonly messages: MessageRecorder;
}

export function createSender(
  target: RemoteTarget,
  { http, now }: TokenTestPorts,
  signal: AbortSignal,
): Sender {
  const redactor = createRedactor(target);
  /** A place for each step from its beginning on; an open stream ends after steps that follow it. */
  const places: (TokenTestStep | undefined)[] = [];
  const passed: StepName[] = [];
  let rejection: Exchanged | undefined;

  /** Counts a step to the passed ones as soon as its head says so. */
  function begin(name: StepName, spec: HttpRequestSpec) {
    const startedAt = now();
    const place = places.push(undefined) - 1;
    const before = [...passed];
    let headAt: number | undefined;
    return {
      onHead: ({ status = 0 }: ResponseHead) => {
        headAt = now();
        if (status >= 200 && status < 300) {
          passed.push(name);
        }
      },
      finish: (result: HttpRunResult): Sent => {
        if (result.kind !== 'exchange') {
          return { kind: 'decided', outcome: result };
        }
        const { exchange } = result;
        const endedAt = now();
        const answeredAt = headAt ?? endedAt;
        const clockAheadMs = readClockAhead(exchange, answeredAt);
        places[place] = {
          kind: 'http',
          name,
          request: redactor.request(spec),
          exchange: redactor.exchange(exchange),
          durationMs: endedAt - startedAt,
          ...(clockAheadMs !== undefined && { clockAheadMs }),
        };
        const context = {
          target,
          redactor,
          step: name,
          passed: before,
          now: answeredAt,
          hasProxy: http.conditions(target.url)?.proxy !== undefined,
        };
        const sent: Exchanged = { kind: 'exchange', exchange, context };
        rejection ??= exchange.status === 401 ? sent : undefined;
        return sent;
      },
    };
  }

  return {
    get steps() {
      return places.filter((step) => step !== undefined);
    },
    get rejection() {
      return rejection;
    },
    clean: redactor.values,
    messages: createMessageRecorder(redactor, now, (step) => places.push(step)),
    async send(name, spec, options = {}) {
      const { onHead, finish } = begin(name, spec);
      return finish(await http.run(spec, runOptions(options, onHead), signal));
    },
    open(name, spec) {
      const { onHead, finish } = begin(name, spec);
      const queue = createEventQueue();
      const reader = createEventStreamReader();
      const stopper = new AbortController();
      let isStream = false;
      const options: HttpRunOptions = {
        stop: stopper.signal,
        onHead: (head) => {
          onHead(head);
          isStream = isEventStream(head);
        },
        onBodyPart: (part) => {
          if (isStream) {
            queue.push(reader.read(part));
          }
          return 'continue';
        },
      };
      const running = http.run(spec, options, signal).finally(() => queue.end());
      const ended = running.then(finish);
      return {
        next: () => queue.next(),
        end: () => {
          stopper.abort();
          return ended;
        },
      };
    },
  };
}

type OnHead = (head: ResponseHead) => void;

function runOptions(options: SendOptions, onHead: OnHead): HttpRunOptions {
  const { answerTo, untilEvent, maxTimeMs, stopAtStatus, isNotification } = options;
  const reader = createEventStreamReader();
  const untilNamed = (part: string) =>
    reader.read(part).some(({ name }) => name === untilEvent) ? 'stop' : 'continue';
  return {
    ...(isNotification === true ? untilAccepted(onHead) : { onHead }),
    ...(answerTo !== undefined && { onBodyPart: createAnswerWatcher(answerTo) }),
    ...(untilEvent !== undefined && { onBodyPart: untilNamed }),
    ...(maxTimeMs !== undefined && { maxTimeMs }),
    ...(stopAtStatus !== undefined && { stopAtStatus }),
  };
}

/** Stops behind a head of 2xx; what has no body ends by itself, and is measured to its end. */
function untilAccepted(onHead: OnHead): HttpRunOptions {
  const stopper = new AbortController();
  return {
    stop: stopper.signal,
    onHead: (head) => {
      onHead(head);
      const { status = 0 } = head;
      const hasBody = status !== 204 && headerValue(head, 'content-length') !== '0';
      if (status >= 200 && status < 300 && hasBody) {
        stopper.abort();
      }
    },
  };
}
