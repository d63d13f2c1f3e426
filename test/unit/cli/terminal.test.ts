import assert from 'node:assert/strict';
import { terminalOf } from '../../../src/cli/terminal';

describe('a terminal', () => {
  const cases = [
    { isTTY: true, env: {}, isColoured: true },
    { isTTY: false, env: {}, isColoured: false },
    { isTTY: true, env: { NO_COLOR: '1' }, isColoured: false },
    { isTTY: true, env: { NO_COLOR: '' }, isColoured: true },
    { isTTY: true, env: { TERM: 'dumb' }, isColoured: false },
    { isTTY: false, env: { FORCE_COLOR: '' }, isColoured: true },
    { isTTY: false, env: { FORCE_COLOR: '1', NO_COLOR: '1' }, isColoured: true },
    { isTTY: true, env: { FORCE_COLOR: '0' }, isColoured: false },
  ];
  for (const { isTTY, env, isColoured } of cases) {
    const where = isTTY ? 'a terminal' : 'a pipe';
    it(`has ${isColoured ? '' : 'no '}colours: ${where}, ${JSON.stringify(env)}`, () => {
      const text = terminalOf({ isTTY }, env).style('red', 'x');
      assert.equal(text, isColoured ? '\u001b[31mx\u001b[39m' : 'x');
    });
  }

  it('is as wide as it says, but never too narrow to read', () => {
    const widths = [{ columns: 200 }, { columns: 10 }, {}].map(
      (stream) => terminalOf(stream).width,
    );
    assert.deepEqual(widths, [200, 40, 120]);
  });
});
