import { parseArgs } from 'node:util';
import { end, endWithParent } from './ending';
import { root, vsix } from './paths';
import { runProcess } from './processes';
import { giveOrder, type TestOrder } from './testProcess';
import { addResults, noResults, oneFailure, type TestResults } from './testResults';

/** A kind of test by what it needs around it. */
interface Tier {
  readonly name: string;
  /** Where its tests are under `test`; absent: where its name says. */
  readonly folder?: string;
  /** The npm script that makes what is tested, with its arguments. */
  readonly needs: readonly string[];
  /** The module that runs the tests. */
  readonly script: string;
  /** The time one test may take, in milliseconds. */
  readonly timeout: number;
  /** The time all may take, downloads included. */
  readonly minutes: number;
}

const tiers: readonly Tier[] = [
  { name: 'unit', needs: [], script: 'mochaTests.ts', timeout: 30_000, minutes: 15 },
  { name: 'integration', needs: ['build'], script: 'mochaTests.ts', timeout: 20_000, minutes: 10 },
  {
    name: 'conformance',
    folder: 'oauth',
    needs: ['build:conformance'],
    script: 'mochaTests.ts',
    timeout: 60_000,
    minutes: 20,
  },
  { name: 'host', needs: ['build'], script: 'hostTests.ts', timeout: 30_000, minutes: 40 },
  {
    name: 'ui',
    needs: ['package', '--', `--out=${vsix}`],
    script: 'mochaTests.ts',
    timeout: 90_000,
    minutes: 30,
  },
];

async function main(argv: readonly string[]): Promise<void> {
  endWithParent();
  const own = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  const { values, positionals } = parseArgs({
    args: [...own],
    allowPositionals: true,
    options: {
      desktop: { type: 'boolean', default: false },
      vscode: { type: 'string', multiple: true },
    },
  });
  const unknown = positionals.find((name) => !tiers.some((tier) => tier.name === name));
  if (unknown !== undefined) {
    const known = tiers.map((tier) => tier.name).join(', ');
    throw new Error(`There is no tier ${unknown}. Choose among ${known}, or name none to run all.`);
  }
  let results = noResults;
  for (const tier of tiers) {
    if (positionals.length === 0 || positionals.includes(tier.name)) {
      results = addResults(
        results,
        await runTier(tier, {
          folder: `${root}/test/${tier.folder ?? tier.name}`,
          timeout: tier.timeout,
          args: argv.slice(own.length + 1),
          versions: values.vscode,
          isDesktop: values.desktop,
        }),
      );
    }
  }
  console.log(`\n${results.passed} passed, ${results.failed} failed`);
  await end(results.failed === 0 ? 0 : 1);
}

/** What a tier came to; one that could not run, or ran nothing, counts as a failed test. */
async function runTier(tier: Tier, order: TestOrder): Promise<TestResults> {
  console.log(`\n── ${tier.name} ──`);
  try {
    await make(tier.needs);
    const results = await giveOrder(tier.script, order, tier.minutes);
    if (results.passed + results.failed === 0) {
      throw new Error('No test was executed.');
    }
    console.log(`\n${tier.name}: ${results.passed} passed, ${results.failed} failed.`);
    return results;
  } catch (error) {
    console.error(`\n${tier.name}: ${error instanceof Error ? error.message : String(error)}`);
    return oneFailure;
  }
}

async function make(script: readonly string[]): Promise<void> {
  if (script.length === 0) {
    return;
  }
  const { code, output } = await runProcess('npm', ['run', '--silent', ...script], { cwd: root });
  if (code !== 0) {
    throw new Error(`npm run ${script.join(' ')} failed:\n${output}`);
  }
}

main(process.argv.slice(2)).catch(async (error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  await end(1);
});
