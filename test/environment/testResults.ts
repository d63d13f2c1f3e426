import { readFile } from 'node:fs/promises';

export interface TestResults {
  readonly passed: number;
  readonly failed: number;
}

export const noResults: TestResults = { passed: 0, failed: 0 };
export const oneFailure: TestResults = { passed: 0, failed: 1 };

export function addResults(a: TestResults, b: TestResults): TestResults {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed };
}

/** What a run wrote at its end; `undefined` when it did not get there. */
export async function readResults(file: string): Promise<TestResults | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as TestResults);
}
