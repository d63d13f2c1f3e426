import assert from 'node:assert/strict';
import { mapLimited } from '../../../src/core/base/mapLimited';

describe('mapping with a limit', () => {
  /** Work that is done when `finish` is called with its number. */
  function createWork() {
    const open = new Map<number, () => void>();
    const counts: number[] = [];
    const map = async (item: number) => {
      await new Promise<void>((resolve) => {
        open.set(item, resolve);
        counts.push(open.size);
      });
      return `${item} done`;
    };
    const finish = (item: number) => {
      const resolve = open.get(item) ?? assert.fail(`${item} is not in progress`);
      open.delete(item);
      resolve();
      // Whoever waits for it goes on before the next macrotask.
      return new Promise<void>((next) => setImmediate(next));
    };
    return { map, finish, open, counts };
  }

  it('has at most so many in progress, and the results are in the order of the items', async () => {
    const { map, finish, open, counts } = createWork();
    const results = mapLimited([0, 1, 2, 3, 4], 2, map);
    assert.deepEqual([...open.keys()], [0, 1]);
    for (const [item, then] of [
      [1, [0, 2]],
      [2, [0, 3]],
      [0, [3, 4]],
      [4, [3]],
      [3, []],
    ] as const) {
      await finish(item);
      assert.deepEqual([...open.keys()], then);
    }
    assert.deepEqual(await results, ['0 done', '1 done', '2 done', '3 done', '4 done']);
    assert.equal(Math.max(...counts), 2);
  });

  it('starts each item once where the limit is beyond their number, and none where there is none', async () => {
    const seen: number[] = [];
    const map = (item: number) => Promise.resolve(seen.push(item));
    assert.deepEqual(await mapLimited([7, 8], 10, map), [1, 2]);
    assert.deepEqual([seen, await mapLimited([], 3, map)], [[7, 8], []]);
  });

  it('fails with the first that fails', async () => {
    const map = (item: number) =>
      item === 2 ? Promise.reject(new Error('the second')) : Promise.resolve(item);
    await assert.rejects(mapLimited([1, 2, 3], 1, map), /the second/);
  });
});
