/**
 * Looks at a folder of real configurations:
 * `node --import=tsx test/score/checkFiles.ts <folder> [--expect <file> | --write <file>]`.
 * Prints how often each rule speaks, and every fault of a repair: a finding that stays, one that
 * is added, JSON that breaks. `--expect` compares the rules of each file with those that somebody
 * has looked at, as `--write` wrote them. Ends with 1 where there is a fault or a difference.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseMcpConfig } from '../../src/core/config/parseMcpConfig';
import { places } from '../../src/core/config/place';
import { findFindings } from '../../src/core/diagnostics/findFindings';
import { findFixFaults } from '../support/fixProperties';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { expect: { type: 'string' }, write: { type: 'string' } },
});
const [folder] = positionals;
if (folder === undefined) {
  throw new Error('Usage: checkFiles.ts <folder> [--expect <file> | --write <file>]');
}
/** The rules that speak in each file, in the order of the text. */
const spoken: Record<string, readonly string[]> = {};
const counts = new Map<string, { findings: number; files: number }>();
let faults = 0;
const names = readdirSync(folder).sort();
for (const name of names) {
  const text = readFileSync(join(folder, name), 'utf8');
  const findings = findFindings(parseMcpConfig(text));
  const rules = findings.map(({ rule }) => rule);
  spoken[name] = rules;
  for (const rule of new Set(rules)) {
    const { findings, files } = counts.get(rule) ?? { findings: 0, files: 0 };
    const more = rules.filter((other) => other === rule).length;
    counts.set(rule, { findings: findings + more, files: files + 1 });
  }
  for (const fault of findFixFaults(text, places.project)) {
    faults++;
    console.log(`${name}: ${fault}`);
  }
}
console.log(`\n${'rule'.padEnd(32)} findings   files`);
for (const [rule, { findings, files }] of [...counts].sort((a, b) => b[1].files - a[1].files)) {
  console.log(`${rule.padEnd(32)} ${String(findings).padStart(8)} ${String(files).padStart(7)}`);
}
if (values.write !== undefined) {
  writeFileSync(values.write, `${JSON.stringify(spoken, null, 2)}\n`);
}
let differences = 0;
if (values.expect !== undefined) {
  const expected = JSON.parse(readFileSync(values.expect, 'utf8')) as typeof spoken;
  for (const name of new Set([...names, ...Object.keys(expected)])) {
    if (String(spoken[name]) !== String(expected[name])) {
      differences++;
      console.log(`${name}: ${String(spoken[name])}; expected ${String(expected[name])}`);
    }
  }
}
console.log(`\n${names.length} files, ${faults} faults of repairs, ${differences} differences.`);
process.exitCode = faults + differences === 0 ? 0 : 1;
