import { startOfHead, readOnInHead, type HeadProgress } from '../core/tokenTest/httpExchange';
import type { HttpRunOptions } from '../core/tokenTest/httpRunner';

/** Of head and body together. */
export const maxOutputBytes = 1024 * 1024;

const firstSize = 16 * 1024;

/**
 * Collects what curl prints, up to the limit, and shows the body to whoever waits for an answer.
 * Time is linear in what comes, however small the pieces are.
 */
export class CurlStdout {
  private buffer = Buffer.allocUnsafe(firstSize);
  private length = 0;
  private head: HeadProgress = startOfHead;
  private shown = 0;
  private readonly decoder = new TextDecoder();

  constructor(private readonly options: HttpRunOptions) {}

  add(part: Uint8Array): 'answered' | 'too-large' | undefined {
    const isTooLarge = this.length + part.length > maxOutputBytes;
    this.append(part.subarray(0, maxOutputBytes - this.length));
    const body = this.newBodyText();
    const { bodyStart, head } = this.head;
    const { onBodyPart, stopAtStatus } = this.options;
    if (bodyStart !== undefined && head?.status !== undefined && head.status === stopAtStatus) {
      // What follows is of another protocol.
      this.length = bodyStart;
      return 'answered';
    }
    if (onBodyPart?.(body) === 'stop') {
      return 'answered';
    }
    return isTooLarge ? 'too-large' : undefined;
  }

  bytes(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }

  private append(part: Uint8Array): void {
    const needed = this.length + part.length;
    if (needed > this.buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.buffer.length * 2));
      this.buffer.copy(larger, 0, 0, this.length);
      this.buffer = larger;
    }
    this.buffer.set(part, this.length);
    this.length = needed;
  }

  private newBodyText(): string {
    if (this.head.bodyStart === undefined) {
      this.head = readOnInHead(this.bytes(), this.head);
      this.shown = this.head.bodyStart ?? this.length;
      if (this.head.head !== undefined) {
        this.options.onHead?.(this.head.head);
      }
    }
    const added = this.buffer.subarray(this.shown, this.length);
    this.shown = this.length;
    return this.decoder.decode(added, { stream: true });
  }
}
