import { deepStrictEqual } from 'node:assert/strict';
import { parseJson } from '../../../src/core/config/parseJson';
import { applyEdits } from '../../../src/core/base/range';
import { removeProperties } from '../../../src/core/config/removeProperties';

function without(text: string, ...keys: readonly string[]): string {
  const { root } = parseJson(text);
  return root ? applyEdits(text, removeProperties(root, new Set(keys))) : text;
}

describe('taking properties out', () => {
  const lines = '{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}';
  for (const [keys, left] of [
    [['a'], '{\n  "b": 2,\n  "c": 3\n}'],
    [['b'], '{\n  "a": 1,\n  "c": 3\n}'],
    [['c'], '{\n  "a": 1,\n  "b": 2\n}'],
    [['a', 'b'], '{\n  "c": 3\n}'],
    [['b', 'c'], '{\n  "a": 1\n}'],
    [['a', 'c'], '{\n  "b": 2\n}'],
    [['a', 'b', 'c'], '{\n  \n}'],
    [['d'], lines],
  ] as const) {
    it(`without ${keys.join(', ')}`, () => deepStrictEqual(without(lines, ...keys), left));
  }

  it('takes duplicates together', () =>
    deepStrictEqual(without('{"a":1,"b":2,"a":3}', 'a'), '{"b":2}'));
});
