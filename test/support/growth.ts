import assert from 'node:assert/strict';

const runs = 5;
const factor = 8;
/** Between the eightfold of what is linear and the 64-fold of what is quadratic. */
const limit = 24;

/**
 * What `work` needs for eight times as much is not far from eight times as much: the least of
 * several runs each, in time of the processor, so that no machine is too slow or too busy for it.
 * @param size of the smaller one, large enough to be measured
 */
export function assertLinear(size: number, work: (size: number) => void): void {
  const least = (of: number) => {
    const times = Array.from({ length: runs }, () => {
      const start = process.cpuUsage();
      work(of);
      const { user, system } = process.cpuUsage(start);
      return user + system;
    });
    return Math.min(...times);
  };
  work(size);
  const ratio = least(size * factor) / least(size);
  assert.ok(ratio < limit, `${factor} times as much takes ${ratio.toFixed(1)} times the work`);
}
