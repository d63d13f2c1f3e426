import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The page of a rule; `undefined` where the program was copied without it. */
export function readRulePage(id: string): string | undefined {
  // Beside `dist`, in a package of npm and in the extension alike.
  const path = join(__dirname, '..', 'src', 'core', 'diagnostics', 'rules', id, 'rule.md');
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** What a rule finds, in one sentence: the third line of its page. */
export function descriptionIn(page: string): string {
  return page.split('\n')[2] ?? '';
}

/** Whether a page says that there is a repair. */
export function isFixableBy(page: string): boolean {
  return /^\| \w+ +\| yes +\|$/m.test(page);
}
