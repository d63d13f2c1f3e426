import assert from 'node:assert/strict';
import { authScenarios, wires } from './authScenarios';
import { listScenarios, runScenario, type Check } from './suite';

interface Row {
  readonly wire: string;
  readonly scenario: string;
  readonly passed: number;
  readonly failed: readonly Check[];
  readonly isAccepted: boolean;
}

describe('the official conformance suite', () => {
  const rows: Row[] = [];

  it('has no scenario about authorization that is not run here', async function () {
    // The first run installs Node.
    this.timeout(300_000);
    const scenarios = await listScenarios();
    assert.deepEqual(
      scenarios.filter((name) => name.startsWith('auth/')),
      authScenarios,
    );
  });

  for (const wire of wires) {
    for (const scenario of authScenarios) {
      it(`${scenario} with messages of ${wire}`, async () => {
        const { checks, code, output } = await runScenario(scenario, wire);
        const passed = checks.filter(({ status }) => status === 'SUCCESS').length;
        const failed = checks.filter(({ status }) => status === 'FAILURE' || status === 'WARNING');
        const isAccepted = code === 0 && failed.length === 0 && passed > 0;
        rows.push({ wire, scenario, passed, failed, isAccepted });
        const flaws = failed.map(({ id, description, errorMessage }) =>
          [id, description, errorMessage].filter((text) => text !== undefined).join(': '),
        );
        assert.ok(isAccepted, [...flaws, `The suite ended with ${code}.`, output].join('\n'));
      });
    }
  }

  after(() => {
    console.log(`\n${table(rows)}`);
  });
});

/** As the suite draws it, for each wire. */
function table(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ wire, scenario, passed, failed, isAccepted }) =>
      `${isAccepted ? '✓' : '✗'} ${wire}  ${scenario}: ${passed} passed, ${failed.length} failed`,
  );
  const totals = wires.map((wire) => {
    const own = rows.filter((row) => row.wire === wire);
    const accepted = own.filter(({ isAccepted }) => isAccepted).length;
    return `${wire}: ${accepted} of ${own.length} scenarios`;
  });
  return [...lines, '', ...totals].join('\n');
}
