import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { HttpFailure, type RedirectReceiver } from '../../core/oauth/ports';
import { sendCallbackPage, type CallbackTexts } from './callbackPage';
import { isAnswerTo, readCallbackRequest } from './callbackRequest';

const host = '127.0.0.1';
const maxSockets = 64;
const maxEarlyAnswers = 16;

export interface LoopbackOptions {
  readonly texts: CallbackTexts;
  /** For a client that is registered with a fixed port; otherwise the system chooses one. */
  readonly port?: number;
  /** Starts with a slash. Servers that compare exactly allow another port at most (RFC 8252 §7.3). */
  readonly path?: string;
  /** How long `receive` waits. */
  readonly timeoutMs?: number;
}

/**
 * Listens on 127.0.0.1 for the browser to come back, from before it is opened. Any page and any
 * program on this machine can send something here: only a GET to the exact host and path with our
 * state counts, everything else is refused and changes nothing.
 *
 * @throws HttpFailure when the port is taken
 * @see RFC 8252 §7.3 and §8.3
 */
export async function openLoopbackListener(options: LoopbackOptions): Promise<RedirectReceiver> {
  // Slow and large requests end by these limits; what does not speak HTTP gets a 400 by Node.
  const server = createServer({
    headersTimeout: 5_000,
    requestTimeout: 5_000,
    connectionsCheckingInterval: 1_000,
    maxHeaderSize: 16 * 1024,
  });
  await listen(server, options.port ?? 0);
  return new LoopbackListener(server, options);
}

interface Answer {
  readonly parameters: URLSearchParams;
  readonly response: ServerResponse;
}

interface Waiting {
  readonly state: string;
  accept(parameters: URLSearchParams): void;
  fail(failure: Error): void;
}

class LoopbackListener implements RedirectReceiver {
  readonly redirectUri: string;
  readonly #authority: string;
  readonly #path: string;
  readonly #sockets = new Set<Socket>();
  /** What came before we were told which state is ours. */
  readonly #early: Answer[] = [];
  #isTold = false;
  #waiting: Waiting | undefined;
  #isAnswered = false;
  /** On which the page about the answer goes to the browser. */
  #last: Socket | null = null;
  #closed: Promise<void> | undefined;

  constructor(
    private readonly server: Server,
    private readonly options: LoopbackOptions,
  ) {
    this.#authority = `${host}:${(server.address() as AddressInfo).port}`;
    this.#path = options.path ?? '/callback';
    this.redirectUri = `http://${this.#authority}${this.#path}`;
    // Of one connection that could not be taken; the others go on.
    server.on('error', () => undefined);
    server.on('connection', (socket) => this.#keep(socket));
    server.on('request', (request, response) => {
      const read = readCallbackRequest(request, this.#authority, this.#path);
      if (read.kind === 'refused') {
        this.#refuse(response, read.status, read.headers);
      } else {
        this.#judge({ parameters: read.parameters, response });
      }
    });
  }

  async receive(state: string, signal: AbortSignal): Promise<URLSearchParams> {
    if (this.#isTold || this.#closed !== undefined) {
      throw new Error('A listener receives one answer.');
    }
    this.#isTold = true;
    if (signal.aborted) {
      throw await this.#stop(cancelled());
    }
    const { timeoutMs = 5 * 60_000 } = this.options;
    const abort = () => void this.#stop(cancelled());
    const timer = setTimeout(() => void this.#stop(late(timeoutMs)), timeoutMs);
    signal.addEventListener('abort', abort);
    try {
      return await new Promise((accept, fail) => {
        this.#waiting = { state, accept, fail };
        this.#early.splice(0).forEach((answer) => this.#judge(answer));
      });
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    }
  }

  async close(): Promise<void> {
    await this.#stop(cancelled());
  }

  /** Ends a wait with `failure` and listens no more. */
  async #stop(failure: HttpFailure): Promise<HttpFailure> {
    this.#waiting?.fail(failure);
    this.#waiting = undefined;
    this.#closed ??= this.#end();
    await this.#closed;
    return failure;
  }

  async #end(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    const last = this.#last;
    this.#sockets.forEach((socket) => socket !== last && socket.destroy());
    // The page is on its way to the browser; one that does not fetch it is not waited for.
    const timer = setTimeout(() => last?.destroy(), 1_000);
    await closed;
    clearTimeout(timer);
  }

  /** When there are too many connections, the oldest goes, so that the browser always gets in. */
  #keep(socket: Socket): void {
    const [oldest] = this.#sockets;
    if (this.#sockets.size >= maxSockets && oldest !== undefined) {
      oldest.destroy();
      this.#sockets.delete(oldest);
    }
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
  }

  #judge(answer: Answer): void {
    const { parameters, response } = answer;
    if (!this.#isTold) {
      this.#early.push(answer);
      if (this.#early.length > maxEarlyAnswers) {
        this.#early.splice(0, 1).forEach((oldest) => this.#refuse(oldest.response, 400));
      }
    } else if (this.#isAnswered) {
      this.#refuse(response, 410);
    } else if (this.#waiting === undefined || !isAnswerTo(this.#waiting.state, parameters)) {
      this.#refuse(response, 400);
    } else {
      const { received, failed, language } = this.options.texts;
      const page = parameters.has('error') ? failed : received;
      this.#isAnswered = true;
      this.#last = response.socket;
      sendCallbackPage(response, 200, page, language);
      this.#waiting.accept(parameters);
      this.#waiting = undefined;
    }
  }

  #refuse(
    response: ServerResponse,
    status: number,
    headers: Readonly<Record<string, string>> = {},
  ): void {
    const { refused, language } = this.options.texts;
    sendCallbackPage(response, status, refused, language, headers);
  }
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen({ host, port, exclusive: true });
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code = 'UNKNOWN' } = error as NodeJS.ErrnoException;
    const sentence =
      code === 'EADDRINUSE'
        ? `Port ${port} of ${host}, where the browser has to come back to, is in use by another program. End it, or sign in without a fixed port.`
        : `No port of ${host} can be opened for the browser to come back to (${code}).`;
    throw new HttpFailure('unreachable', sentence);
  }
}

function cancelled(): HttpFailure {
  return new HttpFailure('cancelled', 'The sign-in was cancelled.');
}

function late(timeoutMs: number): HttpFailure {
  const sentence = `The browser did not come back within ${timeoutMs / 60_000} minutes. Start the sign-in again.`;
  return new HttpFailure('timeout', sentence);
}
