/** Of items with the same key the last, as for `JSON.parse`, where the first of them stood. */
export function lastOfEach<T>(items: Iterable<T>, keyOf: (item: T) => string): readonly T[] {
  return [...new Map(Array.from(items, (item) => [keyOf(item), item])).values()];
}
