import type { Span } from './secretMatch';

/** In order of their start; of those that start together, the earlier in the list first. */
export function inOrder<T extends Span>(spans: Iterable<T>): readonly T[] {
  return [...spans].sort((a, b) => a.start - b.start);
}

/** In order. Where two overlap, the one that stands earlier in the list stays. */
export function withoutOverlap<T extends Span>(spans: readonly T[]): readonly T[] {
  const rank = new Map(spans.map((span, index) => [span, index]));
  const kept: T[] = [];
  for (const span of inOrder(spans)) {
    const last = kept.at(-1);
    if (last === undefined || last.end <= span.start) {
      kept.push(span);
    } else if ((rank.get(span) ?? 0) < (rank.get(last) ?? 0)) {
      kept[kept.length - 1] = span;
    }
  }
  return kept;
}

/** The first of `spans`, which are in order, that lies within `outer`. */
export function firstWithin<T extends Span>(outer: Span, spans: readonly T[]): T | undefined {
  const first = spans[indexFrom(spans, outer.start)];
  return first && contains(outer, first) ? first : undefined;
}

/** The one of `spans`, which are in order and apart from each other, that `inner` lies within. */
export function enclosing<T extends Span>(inner: Span, spans: readonly T[]): T | undefined {
  const last = spans[indexFrom(spans, inner.start + 1) - 1];
  return last && contains(last, inner) ? last : undefined;
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** The index of the first span that starts at `start` or behind; `spans` in order of their start. */
function indexFrom(spans: readonly Span[], start: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.start ?? Infinity) < start) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
