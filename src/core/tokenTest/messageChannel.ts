import type { HttpHeader } from './httpRunner';

/**
 * Messages both ways, one after the other: over a WebSocket, or over the standard streams of a
 * process. Nothing here rejects: what the other side does is an event.
 */
export interface MessageChannel {
  /** One message; after the end it goes nowhere. The limits of time and size begin anew with it. */
  send(message: string): void;
  /** An answer to a request of the other side: the limits go on, or such requests would have none. */
  answer(message: string): void;
  /** The next event in the order of arrival; the same end again once there was one. */
  receive(): Promise<ChannelEvent>;
  /** Ends the channel for sure, and settles when nothing is running any more. */
  close(): Promise<void>;
  /** What a process has last written to stderr so far; of a socket nothing. */
  errorOutput(): string;
}

export type ChannelEvent =
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'ended'; readonly end: ChannelEnd };

export type ChannelEnd =
  /** Before it was open; the reason in words of the system, which name no value. */
  | { readonly kind: 'not-opened'; readonly code: string; readonly detail: string }
  /**
   * By the other side: how a process ended and what it last wrote to stderr, or why a socket closed.
   * A process that has neither code nor signal only closed its output.
   */
  | {
      readonly kind: 'closed';
      readonly code: number | undefined;
      readonly signal?: string;
      readonly detail: string;
      /** What of the other side was no WebSocket, so that it was closed from here; our words. */
      readonly flaw?: string;
    }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'cancelled' };

/** A socket asks no proxy: whoever opens one has to know that none is to be asked. */
export interface WebSocketSpec {
  readonly url: string;
  readonly headers: readonly HttpHeader[];
  readonly subprotocols: readonly string[];
  /** The certificate of the server is not verified. */
  readonly insecure?: boolean;
}

export interface ProcessSpec {
  readonly command: string;
  readonly args: readonly string[];
  /** On top of what every local server inherits. */
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
}

/** The `code` of `not-opened` where the folder of a process does not exist. */
export const folderMissing = 'FOLDER';

/**
 * Opens a channel that ends by itself when the other side takes longer for an answer than the time
 * limit, sends more than 1 MiB before it, of which a message counts as 100 bytes or more, or when
 * `signal` aborts.
 */
export type OpenChannel<Spec> = (spec: Spec, signal: AbortSignal) => MessageChannel;

export interface Channels {
  /** The credentials that a process inherits, by the names of their variables: to be covered. */
  inheritedCredentials(): readonly string[];
  readonly openWebSocket: OpenChannel<WebSocketSpec>;
  readonly startProcess: OpenChannel<ProcessSpec>;
  /** The nonce of an upgrade: 16 random bytes in base64. @see RFC 6455 §4.1 */
  createWebSocketKey(): string;
}
