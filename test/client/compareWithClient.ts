/**
 * Asks the real Claude Code about every text of the agreement tables and the rule fixtures, and
 * prints where it and this project disagree: which servers load, which variables are missing, what
 * variables become, what a test says of each demo server, and what becomes of a sign-in. For these it starts and contacts servers of ours on this machine; those
 * of all other texts wait for approval. Opt-in, since it brings a program of another licence:
 * `npm run test:client [-- VERSION]`.
 */
import { parseMcpConfig } from '../../src/core/config/parseMcpConfig';
import { findFindings } from '../../src/core/diagnostics/findFindings';
import { environmentOf, sourceOf } from '../../src/core/variables/environment';
import { entries, freeNames, reservedNames } from '../agreement/entries';
import {
  environment,
  expandedPlaces,
  expansionTable,
  literalPlaces,
} from '../agreement/expansionTable';
import { files } from '../agreement/files';
import { end, endWithParent } from '../environment/ending';
import { readRuleFixtures } from '../support/ruleFixtures';
import { compareExpansion } from './compareExpansion';
import { compareSignIns } from './compareSignIns';
import { compareVerdicts } from './compareVerdicts';
import { ClaudeCode, type ListedServers } from './claudeCode';

/** The version that the project's knowledge of the client was checked with. */
const known = '2.1.329';

interface Sample {
  readonly title: string;
  readonly text: string;
}

const samples: readonly Sample[] = [
  ...files
    .filter(({ place = 'project' }) => place === 'project')
    .map(({ title, text }) => ({ title, text })),
  {
    title: 'entries',
    // One server for each row, as with the variables below: the client is asked once for all.
    text: `{"mcpServers":{${entries.map(({ entry }, row) => `"row-${row}":{${entry}}`).join()}}}`,
  },
  {
    title: 'names',
    text: JSON.stringify({
      mcpServers: Object.fromEntries(
        [...freeNames, ...reservedNames].map((name) => [name, { command: 'x' }]),
      ),
    }),
  },
  ...readRuleFixtures().map(({ rule, name, text }) => ({ title: `${rule}/${name}`, text })),
  ...Object.entries({ ...expandedPlaces, ...literalPlaces }).map(([place, entry]) => ({
    title: `variables in ${place}`,
    text: JSON.stringify({
      mcpServers: Object.fromEntries(
        expansionTable.map(({ written }, row) => [`row-${row}`, entry(written)]),
      ),
    }),
  })),
];

async function main([version = known]: readonly string[]): Promise<void> {
  endWithParent();
  const client = await ClaudeCode.install(version);
  let differences = 0;
  try {
    for (const { title, text } of samples) {
      const found = compare(text, await client.list(text, environment));
      differences += found.length;
      found.forEach((difference) => console.log(`${title}: ${difference}`));
    }
    const found = await compareExpansion(client);
    differences += found.length;
    found.forEach((difference) => console.log(`what a variable becomes in ${difference}`));
    const verdicts = await compareVerdicts(client);
    differences += verdicts.length;
    verdicts.forEach((difference) => console.log(`what is said of the demo server ${difference}`));
    const signIns = await compareSignIns(client);
    differences += signIns.length;
    signIns.forEach((difference) => console.log(`what becomes of a sign-in: ${difference}`));
  } finally {
    await client.dispose();
  }
  console.log(
    `\n${samples.length} texts, what variables become, what is said of servers, and sign-ins: ${differences} differences from Claude Code ${version}.`,
  );
  await end(differences === 0 ? 0 : 1);
}

function compare(text: string, client: ListedServers): readonly string[] {
  const config = parseMcpConfig(text);
  const surroundings = { ...environment, HOME: 'set', PATH: 'set' };
  const findings = findFindings(config, {
    environment: environmentOf([sourceOf('the environment', 'always', surroundings)]),
  });
  return config.servers
    .filter(({ isShadowed }) => !isShadowed)
    .flatMap(({ name, loads }) => {
      const isListed = client.isListed(name);
      if (isListed !== loads) {
        return [`${JSON.stringify(name)} ${isListed ? 'loads' : 'does not load'}`];
      }
      const named = findings.filter(
        ({ category, server }) => category === 'variables' && server === name,
      );
      const missing = client.missingVariables(name);
      const unset = named.filter(({ rule }) => rule === 'variable-unset');
      const blank = findings
        // Of an address that is nothing but white space, that there is none.
        .filter(({ rule }) => rule === 'value-whitespace' || rule === 'url-invalid')
        .filter(({ server }) => server === name)
        .map(({ path }) => asClient(path.slice(-2)));
      return [
        ...client
          .fieldsWithWhiteSpace(name)
          .filter((field) => !blank.includes(field.replace(/^header name "(.*)"$/, 'headers.$1')))
          .map((field) => `${JSON.stringify(name)} has white space in ${field}, not reported`),
        ...missing
          .filter((variable) => !named.some(({ variables }) => variables.includes(variable)))
          .map((variable) => `${JSON.stringify(name)} misses ${variable}, which is not reported`),
        ...unset
          .flatMap(({ variables }) => variables)
          // Of an empty default the rule speaks, too; the client sees nothing missing.
          .filter((variable) => !missing.includes(variable) && !text.includes(`{${variable}:-}`))
          .map((variable) => `${JSON.stringify(name)} does not miss ${variable}`),
      ];
    });
}

/** A place as the client writes it: `url`, `args[0]`, `headers.A`. */
function asClient([field, key]: readonly (string | number)[]): string {
  if (typeof key === 'number') {
    return `${field}[${key}]`;
  }
  return field === 'env' || field === 'headers' ? `${field}.${key}` : String(key);
}

main(process.argv.slice(2)).catch(async (error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  await end(1);
});
