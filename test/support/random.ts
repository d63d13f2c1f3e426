/** A repeatable source of numbers below `limit`. @see Knuth, The Art of Computer Programming 3.2.1 */
export function createRandom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * limit);
  };
}
