import type { HttpHeader } from './httpRunner';

/**
 * Messages both ways, one after the other: over a WebSocket, or over the standard streams of a
 * process. Nothing here rejects: what the other side does is an event.
 */
export interface MessageChannel {
  /** One message; after the end it goes nowhere. */
  send(message: string): void;
  /** The next event in the order of arrival; the same end again once there was one. */
  receive(): Promise<ChannelEvent>;
  /** Ends the channel for sure, and settles when nothing is running any more. */
  close(): Promise<void>;
}

export type ChannelEvent =
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'ended'; readonly end: ChannelEnd };

export type ChannelEnd =
  /** Before it was open; the reason in words of the system, which name no value. */
  | { readonly kind: 'not-opened'; readonly code: string; readonly detail: string }
  /** By the other side: how a process ended and what it last wrote to stderr, or why a socket closed. */
  | { readonly kind: 'closed'; readonly code: number | undefined; readonly detail: string }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'cancelled' };

export interface WebSocketSpec {
  readonly url: string;
  readonly headers: readonly HttpHeader[];
  readonly subprotocols: readonly string[];
}

export interface ProcessSpec {
  readonly command: string;
  readonly args: readonly string[];
  /** On top of the environment that every process of ours inherits. */
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
}

/** Opens a channel that ends by itself after the runner's time limit or when `signal` aborts. */
export type OpenChannel<Spec> = (spec: Spec, signal: AbortSignal) => MessageChannel;

export interface Channels {
  readonly openWebSocket: OpenChannel<WebSocketSpec>;
  readonly startProcess: OpenChannel<ProcessSpec>;
}
