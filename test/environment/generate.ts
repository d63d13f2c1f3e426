/**
 * Writes what the rule catalogue decides: the setting `mcpAuth.rules` of the manifest and the list
 * of problems in the README. `--check` only says whether they are up to date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type currentManifest from '../../package.json';
import { format, resolveConfig } from 'prettier';
import type { Category } from '../../src/core/diagnostics/rule';
import { rules as configRules } from '../../src/core/diagnostics/rules';
import { scriptRules } from '../../src/core/diagnostics/rules/scriptRules';

const rules = [...configRules, ...scriptRules];

const headings: Readonly<Record<Category, string>> = {
  loading: 'What would not load, or be ignored',
  credentials: 'Credentials',
  variables: 'Variables',
  helper: 'Headers helpers and their scripts',
  wrapper: 'Wrappers',
};

/** The third line of a rule's page says in one sentence what the rule finds. */
function describe(id: string): string {
  return readFileSync(`src/core/diagnostics/rules/${id}/rule.md`, 'utf8').split('\n')[2] ?? '';
}

function manifest(source: string): string {
  const result = JSON.parse(source) as typeof currentManifest;
  const properties = [...rules]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, severity }) => [
      id,
      {
        type: 'string',
        enum: ['off', 'hint', 'information', 'warning', 'error'],
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
    const rows = rules.filter((rule) => rule.category === category);
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
  const targets = [
    ['package.json', manifest],
    ['README.md', readme],
  ] as const;
  for (const [path, generate] of targets) {
    const source = readFileSync(path, 'utf8');
    const options = await resolveConfig(path);
    const result = await format(generate(source), { ...options, filepath: path });
    if (result === source) {
      continue;
    }
    if (process.argv.includes('--check')) {
      console.error(`${path} is not what the rules say: run "npm run generate".`);
      process.exitCode = 1;
    } else {
      writeFileSync(path, result);
      console.log(`${path} written`);
    }
  }
}

void main();
