import type Mocha from 'mocha';
import { parseArgs } from 'node:util';
import type { TestResults } from './testResults';

/** The arguments of mocha that every tier understands. */
export function parseMochaArguments(args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      spec: { type: 'string', multiple: true, default: [] },
      grep: { type: 'string', short: 'g' },
      fgrep: { type: 'string', short: 'f' },
      invert: { type: 'boolean', short: 'i' },
      bail: { type: 'boolean', short: 'b' },
      timeout: { type: 'string', short: 't' },
    },
  });
  const { spec, timeout, ...selection } = values;
  const options: Mocha.MochaOptions = {
    ...selection,
    ...(timeout !== undefined && { timeout }),
    ui: 'bdd',
    reporter: 'spec',
    forbidOnly: true,
    forbidPending: true,
  };
  return { files: [...spec, ...positionals], options };
}

/** Runs the tests that are loaded; a test that is skipped has failed. */
export function runMocha(mocha: Mocha): Promise<TestResults> {
  return new Promise((resolve) => {
    const runner = mocha.run(() => {
      const { passes = 0, failures = 0 } = runner.stats ?? {};
      resolve({ passed: passes, failed: failures });
    });
  });
}
