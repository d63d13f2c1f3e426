/**
 * Measures secret detection against hand-made labels, leaf by leaf:
 * `node --import=tsx test/score/scoreSecrets.ts <folder> [--list]`, where the folder holds
 * `labels.jsonl` (id, jsonPath, verdict, ambiguous) and `files/<id>.*`. Ambiguous rows do not
 * count; a leaf without a label that is taken for a secret is a false positive. `--list` names
 * each mistake with its value masked.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { findSecrets } from '../../src/core/secrets/findSecrets';
import { serverLeaves } from './serverLeaves';

interface Label {
  readonly id: string;
  readonly jsonPath: string;
  readonly verdict: 'secret' | 'placeholder' | 'public' | 'reference';
  readonly ambiguous?: boolean;
}

interface Score {
  readonly truePositives: number;
  readonly falsePositives: readonly string[];
  readonly falseNegatives: readonly string[];
}

function scoreFile(file: string, id: string, labels: readonly Label[]): Score {
  const leaves = new Map(
    serverLeaves(readFileSync(file, 'utf8')).map((leaf) => [leaf.jsonPath, leaf]),
  );
  const ambiguous = new Set(labels.flatMap((row) => (row.ambiguous ? [row.jsonPath] : [])));
  const expected = new Set(
    labels.flatMap((row) => (row.verdict === 'secret' ? [row.jsonPath] : [])),
  );
  const found = new Set(
    [...leaves.values()].flatMap(({ jsonPath, value, slot }) =>
      findSecrets(value, slot).length > 0 ? [jsonPath] : [],
    ),
  );
  const describe = (path: string) => `${id} ${path} ${masked(leaves.get(path)?.value)}`;
  const counts = (path: string) => !ambiguous.has(path);
  return {
    truePositives: [...found].filter((path) => counts(path) && expected.has(path)).length,
    falsePositives: [...found].filter((p) => counts(p) && !expected.has(p)).map(describe),
    falseNegatives: [...expected].filter((p) => counts(p) && !found.has(p)).map(describe),
  };
}

/** The shape of a value: four characters, then letters and digits by kind. */
function masked(value: string | undefined): string {
  const rest = value
    ?.slice(4, 60)
    .replace(/[a-z]/g, 'a')
    .replace(/[A-Z]/g, 'A')
    .replace(/\d/g, '0');
  return value === undefined ? '(not reached)' : value.slice(0, 4) + rest;
}

function print(title: string, scores: readonly Score[]): void {
  const truePositives = scores.reduce((sum, score) => sum + score.truePositives, 0);
  const falsePositives = scores.flatMap((score) => score.falsePositives);
  const falseNegatives = scores.flatMap((score) => score.falseNegatives);
  const ratio = (part: number, rest: number) => (part + rest === 0 ? 1 : part / (part + rest));
  console.log(
    [
      title.padEnd(12),
      `TP ${truePositives}`,
      `FP ${falsePositives.length}`,
      `FN ${falseNegatives.length}`,
      `precision ${ratio(truePositives, falsePositives.length).toFixed(3)}`,
      `recall ${ratio(truePositives, falseNegatives.length).toFixed(3)}`,
    ].join('  '),
  );
  if (process.argv.includes('--list')) {
    falsePositives.forEach((line) => console.log(`  FP ${line}`));
    falseNegatives.forEach((line) => console.log(`  FN ${line}`));
  }
}

const folder = process.argv[2];
if (folder === undefined) {
  throw new Error('Usage: scoreSecrets.ts <folder with labels.jsonl and files/> [--list]');
}
const labels = readFileSync(join(folder, 'labels.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => JSON.parse(line) as Label);
const names = readdirSync(join(folder, 'files')).sort();
const scores = names.map((name) => {
  const id = parse(name).name;
  const rows = labels.filter((row) => row.id === id);
  return scoreFile(join(folder, 'files', name), id, rows);
});
// Rules are written looking at every other file only; the rest tells whether they hold.
print(
  'development',
  scores.filter((_, index) => index % 2 === 0),
);
print(
  'held out',
  scores.filter((_, index) => index % 2 === 1),
);
print('all', scores);
