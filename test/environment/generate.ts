/**
 * Writes what tables of the core decide: from the rule catalogue the setting `mcpAuth.rules` of the
 * manifest and the list of problems in the README, from the fields of an entry the schemas for
 * completion and hover. `--check` only says whether they are up to date.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type currentManifest from '../../package.json';
import { format, resolveConfig } from 'prettier';
import type { Category } from '../../src/core/diagnostics/rule';
import { allRules } from '../../src/core/diagnostics/rules/allRules';
import { createConfigSchemas } from './configSchemas';

const headings: Readonly<Record<Category, string>> = {
  loading: 'What would not load, or be ignored',
  credentials: 'Credentials',
  variables: 'Variables',
  helper: 'Headers helpers and their scripts',
  wrapper: 'Wrappers',
};

/** What a person can choose for a rule, and what each choice does. */
const severities = {
  off: 'Not shown at all.',
  hint: 'Three dots under the text, and nothing in Problems.',
  information: 'Advice: a blue underline.',
  warning: 'A yellow underline: it will not work as written.',
  error: 'A red underline: it does not load, or a credential is exposed.',
};

/** The third line of a rule's page says in one sentence what the rule finds. */
function describe(id: string): string {
  return readFileSync(`src/core/diagnostics/rules/${id}/rule.md`, 'utf8').split('\n')[2] ?? '';
}

function manifest(source: string): string {
  const result = JSON.parse(source) as typeof currentManifest;
  const properties = [...allRules]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, severity }) => [
      id,
      {
        type: 'string',
        enum: Object.keys(severities),
        enumDescriptions: Object.values(severities),
        default: severity,
        markdownDescription: describe(id),
      },
    ]);
  const setting: { properties: object } =
    result.contributes.configuration.properties['mcpAuth.rules'];
  setting.properties = Object.fromEntries(properties) as object;
  return `${JSON.stringify(result, null, 2)}\n`;
}

function readme(source: string): string {
  const tables = Object.entries(headings).flatMap(([category, heading]) => {
    const rows = allRules.filter((rule) => rule.category === category);
    return rows.length === 0
      ? []
      : [
          `\n### ${heading}\n`,
          '| Problem | In short | Severity |',
          '| --- | --- | --- |',
          ...rows.map(({ id, severity }) => `| \`${id}\` | ${describe(id)} | ${severity} |`),
        ];
  });
  return source.replace(
    /(<!-- problems -->\n)[^]*?(<!-- \/problems -->)/,
    (_, start: string, end: string) => `${start}${tables.join('\n')}\n\n${end}`,
  );
}

async function main(): Promise<void> {
  const targets: readonly (readonly [string, (source: string) => string])[] = [
    ['package.json', manifest],
    ['README.md', readme],
    ...Object.entries(createConfigSchemas()).map(
      ([name, schema]) => [`media/schemas/${name}`, () => JSON.stringify(schema, null, 2)] as const,
    ),
  ];
  for (const [path, generate] of targets) {
    const source = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const options = await resolveConfig(path);
    const result = await format(generate(source), { ...options, filepath: path });
    if (result === source) {
      continue;
    }
    if (process.argv.includes('--check')) {
      console.error(`${path} is not what the tables say: run "npm run generate".`);
      process.exitCode = 1;
    } else {
      writeFileSync(path, result);
      console.log(`${path} written`);
    }
  }
}

void main();
