import type { CurlProblem } from './curlVersion';
import type { HttpExchange, ResponseHead } from './httpExchange';

export interface HttpHeader {
  readonly name: string;
  readonly value: string;
}

/** One request, complete: nothing is added to it but what HTTP itself needs. */
export interface HttpRequestSpec {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly headers: readonly HttpHeader[];
  /** ASCII. */
  readonly body?: string;
  /** Asks for another protocol: in HTTP/1.1 and, where there is a proxy, through a tunnel. */
  readonly isUpgrade?: true;
}

export interface HttpRunOptions {
  /** Less than the runner's own limit for the whole exchange, in milliseconds. */
  readonly maxTimeMs?: number;
  /** Sees the head once, before any piece of the body. */
  readonly onHead?: (head: ResponseHead) => void;
  /** The certificate of the server is not verified: for a run that a person was warned of. */
  readonly insecure?: boolean;
  /** Sees each further piece of the body; `'stop'` ends the exchange as complete. */
  readonly onBodyPart?: (part: string) => 'continue' | 'stop';
  /** Ends the exchange as complete when it aborts: for a stream that has served its purpose. */
  readonly stop?: AbortSignal;
  /** An answer of this status is complete with its head. */
  readonly stopAtStatus?: number;
}

/** What decides about a request besides the request. Holds no credential, not even a proxy's. */
export interface HttpConditions {
  readonly curlVersion: string;
  readonly proxy: ProxyInUse | undefined;
  /** The variable that names the certificates to trust; `undefined` for those of the system. */
  readonly caFrom: string | undefined;
  /** `NODE_EXTRA_CA_CERTS` is set, which Claude Code reads and curl does not. */
  readonly hasNodeCa: boolean;
  readonly connectTimeoutMs: number;
  readonly timeoutMs: number;
}

export interface ProxyInUse {
  /** `host:port`. */
  readonly host: string;
  /** The variable or the setting that names it. */
  readonly from: string;
}

export type HttpRunResult =
  | { readonly kind: 'exchange'; readonly exchange: HttpExchange }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'curl-missing'; readonly problem: CurlProblem };

/**
 * Sends one request and follows no redirect. Every failure of the network is an exchange without
 * a status; the promise settles when nothing is running any more, and never rejects for an abort.
 */
export interface HttpRunner {
  /** What stands between this computer and `url`; `undefined` where there is no usable curl. */
  conditions(url: string): HttpConditions | undefined;
  run(spec: HttpRequestSpec, options: HttpRunOptions, signal: AbortSignal): Promise<HttpRunResult>;
}
