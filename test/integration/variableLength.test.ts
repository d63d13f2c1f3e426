import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { formatDotEnvLine } from '../../src/core/variables/dotEnvLine';
import { planHandover } from '../../src/core/variables/handover';

/** Whether the system starts a program with the variable. */
function isStartedWith(name: string, value: string): boolean {
  return spawnSync('/bin/true', { env: { [name]: value } }).error === undefined;
}

function isHandedOver(name: string, value: string): boolean {
  const variable = { name, hasDefault: false, servers: [] };
  const plan = planHandover([{ variable, kept: { value, source: '.env' }, found: undefined }]);
  return plan[0]?.kind === 'given';
}

describe('a long value', () => {
  const rows: readonly (readonly [name: string, bytes: number])[] = [
    ['N', 125_000],
    ['N', 131_069],
    ['N', 131_070],
    ['A_LONGER_NAME', 131_057],
    ['A_LONGER_NAME', 131_058],
  ];
  for (const [name, bytes] of rows) {
    // Two bytes in one character, and a space, for which `.env` has quotes around the value.
    const value = `é ${'x'.repeat(bytes - 3)}`;
    const isPossible = isStartedWith(name, value);
    it(`of ${bytes} bytes for ${name} is ${isPossible ? '' : 'not '}kept and handed over`, () => {
      assert.equal(formatDotEnvLine(name, value).kind === 'line', isPossible);
      assert.equal(isHandedOver(name, value), isPossible);
    });
  }

  it('is too long on this system for one row, and not for all', () => {
    const started = rows.map(([name, bytes]) => isStartedWith(name, 'x'.repeat(bytes)));
    assert.deepEqual(started, [true, true, false, true, false]);
  });
});
