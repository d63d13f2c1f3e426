import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { end, endWithParent } from './ending';
import { startProcess } from './processes';
import { createTemporaryFolder } from './temporaryFolder';
import { readResults, type TestResults } from './testResults';

/** What the runner asks of a tier's process. */
export interface TestOrder {
  /** The folder with the tier's tests. */
  readonly folder: string;
  /** The time one test may take, in milliseconds. */
  readonly timeout: number;
  /** Arguments for mocha. */
  readonly args: readonly string[];
  /** Versions of VS Code; absent: those of the tier. */
  readonly versions?: readonly string[] | undefined;
  /** In the desktop VS Code that @vscode/test-electron downloads. */
  readonly isDesktop: boolean;
}

/** Does what the runner asked this process for, and leaves the results where it looks for them. */
export async function fulfilOrder(run: (order: TestOrder) => Promise<TestResults>): Promise<void> {
  endWithParent();
  const { TEST_ORDER = '{}', TEST_RESULTS = '' } = process.env;
  try {
    const results = await run(JSON.parse(TEST_ORDER) as TestOrder);
    await writeFile(TEST_RESULTS, JSON.stringify(results));
  } catch (error) {
    console.error(error);
    await end(1);
  }
  setTimeout(() => {
    const open = process.getActiveResourcesInfo().join(', ');
    console.error(`A test left something open that keeps the process alive: ${open}.`);
    process.exit(1);
  }, 5000).unref();
}

/**
 * Has a process of its own do `order`.
 * @param script the module beside this one that calls `fulfilOrder`
 * @param minutes how long it may take
 * @throws Error when the process failed other than by failing tests
 */
export async function giveOrder(
  script: string,
  order: TestOrder,
  minutes: number,
): Promise<TestResults> {
  const folder = createTemporaryFolder();
  const resultsFile = join(folder, 'results.json');
  const module = fileURLToPath(new URL(script, import.meta.url));
  const running = startProcess(process.execPath, ['--import=tsx', module], {
    stdio: 'inherit',
    env: {
      ...process.env,
      TEST_ORDER: JSON.stringify(order),
      TEST_RESULTS: resultsFile,
      TEST_FOLDER: folder,
    },
  });
  let isLate = false;
  const limit = setTimeout(() => {
    isLate = true;
    void running.stop();
  }, minutes * 60_000);
  const code = await running.exited;
  clearTimeout(limit);
  await running.stop();
  const results = await readResults(resultsFile);
  if (isLate) {
    throw new Error(`The tests were not done after ${minutes} minutes and were ended.`);
  }
  if (!results || code !== 0) {
    throw new Error(`The process of the tests ended with code ${code}.`);
  }
  return results;
}
