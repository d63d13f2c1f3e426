import { allRules } from '../core/diagnostics/rules/allRules';
import { shown } from '../core/diagnostics/words';
import { descriptionIn, isFixableBy, readRulePage } from './rulePages';

/** One line for each rule: name, severity, whether it has a repair, what it finds. */
export function listRules(): string {
  const rows = allRules.map(({ id, severity }) => {
    const page = readRulePage(id) ?? '';
    return [id, severity, isFixableBy(page) ? 'fixable' : '', descriptionIn(page)];
  });
  const widths = [0, 1, 2].map((column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

/** @throws Error whose message says which rules there are */
export function explain(wanted: string): string {
  const rule = allRules.find(({ id }) => id === wanted);
  if (rule === undefined) {
    const problem =
      wanted === '' ? 'the name of a rule is missing' : `there is no rule ${shown(wanted)}`;
    throw new Error(`${problem}; "mcp-auth rules" lists them.`);
  }
  const page = readRulePage(rule.id);
  if (page === undefined) {
    throw new Error(`the page of ${rule.id} was not installed with this program.`);
  }
  return page;
}
