/** One HTTP request of a sign-in. Redirects are never followed by the port. */
export interface OAuthRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}
/** A whole answer: at most 1 MiB, header names in lower case, repeated headers as one list. */
export interface OAuthResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
}
/** What went wrong before there was an answer; `sentence` is for a person. */
export type HttpFailureKind =
  | 'unreachable'
  | 'tls'
  | 'timeout'
  | 'too-large'
  | 'refused-address'
  | 'refused-scheme'
  | 'cancelled';
export class HttpFailure extends Error {
  constructor(
    readonly kind: HttpFailureKind,
    sentence: string,
  ) {
    super(sentence);
  }
}
export interface OAuthHttp {
  /** @throws HttpFailure */
  send(request: OAuthRequest, signal: AbortSignal): Promise<OAuthResponse>;
}
/** Where the browser comes back to. */
export interface RedirectReceiver {
  /** Registered and sent as `redirect_uri`, unaltered. */
  readonly redirectUri: string;
  /** The parameters of the one answer whose `state` is ours. Rejects after five minutes or when cancelled. */
  receive(state: string, signal: AbortSignal): Promise<URLSearchParams>;
  close(): Promise<void>;
}
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}
