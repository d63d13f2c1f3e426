import type { ChannelEnd, ChannelEvent } from '../core/tokenTest/messageChannel';

export interface ChannelLimits {
  /** From a message of ours to its answer. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Of what comes between a message of ours and its answer. */
const maxBytes = 1024 * 1024;

/** What has arrived over a channel and was not received yet; ends by itself at the limits. */
export class MessageQueue {
  private readonly events: ChannelEvent[] = [];
  private waiting: ((event: ChannelEvent) => void) | undefined;
  private end: ChannelEnd | undefined;
  private bytes = 0;
  private timer: NodeJS.Timeout | undefined;

  /** @param onEnd called once, whatever has ended it */
  constructor(
    private readonly limits: ChannelLimits,
    private readonly onEnd: (end: ChannelEnd) => void,
  ) {
    this.restart();
    limits.signal.addEventListener('abort', this.cancel);
    if (limits.signal.aborted) {
      this.finish({ kind: 'cancelled' });
    }
  }

  get hasEnded(): boolean {
    return this.end !== undefined;
  }

  /** The limits begin anew. */
  restart(): void {
    if (!this.hasEnded) {
      clearTimeout(this.timer);
      this.bytes = 0;
      this.timer = setTimeout(() => this.finish({ kind: 'timeout' }), this.limits.timeoutMs);
    }
  }

  /** Whether `length` more bytes are within the limit; where they are not, this is the end. */
  count(length: number): boolean {
    this.bytes += length;
    if (this.bytes > maxBytes) {
      this.finish({ kind: 'too-large' });
    }
    return !this.hasEnded;
  }

  push(text: string): void {
    if (!this.hasEnded) {
      this.deliver({ kind: 'message', text });
    }
  }

  finish(end: ChannelEnd): void {
    if (this.hasEnded) {
      return;
    }
    this.end = end;
    clearTimeout(this.timer);
    this.limits.signal.removeEventListener('abort', this.cancel);
    if (end.kind === 'cancelled') {
      this.events.length = 0;
    }
    this.onEnd(end);
    this.deliver({ kind: 'ended', end });
  }

  receive(): Promise<ChannelEvent> {
    const next = this.events.shift();
    if (next !== undefined) {
      return Promise.resolve(next);
    }
    return this.end === undefined
      ? new Promise((resolve) => (this.waiting = resolve))
      : Promise.resolve({ kind: 'ended', end: this.end });
  }

  private readonly cancel = () => this.finish({ kind: 'cancelled' });

  private deliver(event: ChannelEvent): void {
    const { waiting } = this;
    this.waiting = undefined;
    if (waiting === undefined) {
      this.events.push(event);
    } else {
      waiting(event);
    }
  }
}
