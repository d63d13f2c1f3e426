/** What may follow a needle and belongs to it. */
export type NeedleRest = 'nothing' | 'base64' | 'word';

/** Where one of the needles ends, with the longest that does. */
export interface NeedleHit {
  /** Offsets of bytes. */
  readonly start: number;
  readonly end: number;
  readonly rests: number;
}

export const restBits: Readonly<Record<NeedleRest, number>> = { nothing: 0, base64: 1, word: 2 };

/** Finds many strings of bytes at once, in time linear in the text however many there are. */
export class Needles {
  /** By state and byte: the next state. */
  private readonly next = new Map<number, number>();
  /** For each state: how many bytes led to it, the longest needle that ends there, its rests. */
  private readonly depth = [0];
  private readonly longest = [0];
  private readonly rests = [0];
  private fallbacks: Int32Array | undefined;

  /** Not after the first `find`. */
  add(needle: Uint8Array, rest: NeedleRest): void {
    let state = 0;
    for (const byte of needle) {
      const key = state * 256 + byte;
      let following = this.next.get(key);
      if (following === undefined) {
        following = this.depth.push((this.depth[state] ?? 0) + 1) - 1;
        this.longest.push(0);
        this.rests.push(0);
        this.next.set(key, following);
      }
      state = following;
    }
    this.longest[state] = needle.length;
    this.rests[state] = (this.rests[state] ?? 0) | restBits[rest];
  }

  /**
   * Tells of them in the order of their ends.
   * @returns how many bytes at the end are the beginning of a needle
   */
  find(bytes: Uint8Array, found: (hit: NeedleHit) => void): number {
    const fallbacks = (this.fallbacks ??= this.link());
    let state = 0;
    bytes.forEach((byte, index) => {
      state = this.step(state, byte, fallbacks);
      const length = this.longest[state] ?? 0;
      if (length > 0) {
        const end = index + 1;
        found({ start: end - length, end, rests: this.rests[state] ?? 0 });
      }
    });
    return this.depth[state] ?? 0;
  }

  private step(from: number, byte: number, fallbacks: Int32Array): number {
    let state = from;
    for (;;) {
      const following = this.next.get(state * 256 + byte);
      if (following !== undefined) {
        return following;
      }
      if (state === 0) {
        return 0;
      }
      state = fallbacks[state] ?? 0;
    }
  }

  /** For each state the one of the longest other beginning that ends there; shorter ones first. */
  private link(): Int32Array {
    const fallbacks = new Int32Array(this.depth.length);
    const edges = [...this.next].sort(
      ([, a], [, b]) => (this.depth[a] ?? 0) - (this.depth[b] ?? 0),
    );
    for (const [key, state] of edges) {
      const parent = Math.floor(key / 256);
      const fallback = parent === 0 ? 0 : this.step(fallbacks[parent] ?? 0, key % 256, fallbacks);
      fallbacks[state] = fallback;
      this.longest[state] = Math.max(this.longest[state] ?? 0, this.longest[fallback] ?? 0);
      this.rests[state] = (this.rests[state] ?? 0) | (this.rests[fallback] ?? 0);
    }
    return fallbacks;
  }
}
