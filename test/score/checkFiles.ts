/**
 * Looks at a folder of real configurations: `node --import=tsx test/score/checkFiles.ts <folder>`.
 * Prints how often each rule speaks, and every fault of a repair: a finding that stays, one that
 * is added, JSON that breaks. Ends with 1 where there is a fault.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseMcpConfig } from '../../src/core/config/parseMcpConfig';
import { places } from '../../src/core/config/place';
import { findFindings } from '../../src/core/diagnostics/findFindings';
import { findFixFaults } from '../support/fixProperties';

const folder = process.argv[2];
if (folder === undefined) {
  throw new Error('Usage: checkFiles.ts <folder with configurations>');
}
const counts = new Map<string, { findings: number; files: number }>();
let faults = 0;
const names = readdirSync(folder).sort();
for (const name of names) {
  const text = readFileSync(join(folder, name), 'utf8');
  const findings = findFindings(parseMcpConfig(text));
  const rules = findings.map(({ rule }) => rule);
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
console.log(`\n${names.length} files, ${faults} faults of repairs.`);
process.exitCode = faults === 0 ? 0 : 1;
