import type { ChannelEnd, ChannelEvent } from '../core/tokenTest/messageChannel';

export interface ChannelLimits {
  /** From a message of ours to its answer. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Of what comes between a message of ours and its answer. */
const maxBytes = 1024 * 1024;

/** What the smallest message counts as, so that short ones without end come to the limit as well. */
const leastBytes = 100;

/** So many messages that wait are received in one turn; then timers and a cancellation have theirs. */
const maxInTurn = 200;

/** What has arrived over a channel and was not received yet; ends by itself at the limits. */
export class MessageQueue {
  private events: ChannelEvent[] = [];
  private position = 0;
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

  /** Whether a message of `length` bytes is within the limit; where it is not, this is the end. */
  count(length: number): boolean {
    return this.countBytes(Math.max(length, leastBytes));
  }

  /** The same for one whose bytes were counted as they came. */
  countWhole(length: number): boolean {
    return this.countBytes(Math.max(0, leastBytes - length));
  }

  /** The same for bytes that are no whole message yet. */
  countBytes(length: number): boolean {
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
      this.events = [];
      this.position = 0;
    }
    this.onEnd(end);
    this.deliver({ kind: 'ended', end });
  }

  async receive(): Promise<ChannelEvent> {
    if (this.position > 0 && this.position % maxInTurn === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    const next = this.events[this.position];
    if (next !== undefined) {
      this.position++;
      return next;
    }
    this.events = [];
    this.position = 0;
    return this.end === undefined
      ? new Promise((resolve) => (this.waiting = resolve))
      : { kind: 'ended', end: this.end };
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
