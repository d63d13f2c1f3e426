import { startOfHead, readOnInHead, type HeadProgress } from '../core/tokenTest/httpExchange';

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

  constructor(private readonly onBodyPart: ((part: string) => 'continue' | 'stop') | undefined) {}

  add(part: Uint8Array): 'answered' | 'too-large' | undefined {
    const isTooLarge = this.length + part.length > maxOutputBytes;
    this.append(part.subarray(0, maxOutputBytes - this.length));
    if (this.onBodyPart !== undefined && this.onBodyPart(this.newBodyText()) === 'stop') {
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
    }
    const added = this.buffer.subarray(this.shown, this.length);
    this.shown = this.length;
    return this.decoder.decode(added, { stream: true });
  }
}
