import { EventEmitter } from 'node:events';

/** How a credential looked to the server. The value itself is never kept. */
export type Credential = 'none' | 'right' | 'wrong';

export interface ReceivedRequest {
  /** The HTTP method; `WS` for a WebSocket message, `START` and `STDIO` for a child process. */
  readonly method: string;
  /** The path without its query, which may carry a credential; empty for stdio. */
  readonly url: string;
  /** Lower case, in the order received. */
  readonly headerNames: readonly string[];
  readonly credential: Credential;
  /** The method of the JSON-RPC message in the body, if there is one. */
  readonly rpcMethod: string | undefined;
}

/** What one demo server was sent, in order: proof of what a client does, and of what it does not. */
export class ReceivedRequests {
  readonly #requests: ReceivedRequest[] = [];
  readonly #arrivals = new EventEmitter();

  get list(): readonly ReceivedRequest[] {
    return this.#requests;
  }

  add(request: ReceivedRequest): void {
    this.#requests.push(request);
    this.#arrivals.emit('request', request);
  }

  /** The next matching request to arrive from now on; those already in `list` do not count. */
  next(matches: (request: ReceivedRequest) => boolean = () => true): Promise<ReceivedRequest> {
    return new Promise((resolve) => {
      const onRequest = (request: ReceivedRequest): void => {
        if (!matches(request)) return;
        this.#arrivals.off('request', onRequest);
        resolve(request);
      };
      this.#arrivals.on('request', onRequest);
    });
  }
}

/** The `method` of a JSON-RPC message, `undefined` for anything else. */
export function rpcMethodOf(message: unknown): string | undefined {
  if (typeof message !== 'object' || message === null || !('method' in message)) return undefined;
  return typeof message.method === 'string' ? message.method : undefined;
}
