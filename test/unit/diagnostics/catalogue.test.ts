import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../../package.json';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { places } from '../../../src/core/config/place';
import { findFindings } from '../../../src/core/diagnostics/findFindings';
import { findScriptFindings } from '../../../src/core/diagnostics/findScriptFindings';
import { rules } from '../../../src/core/diagnostics/rules';
import { allRules } from '../../../src/core/diagnostics/rules/allRules';
import { scriptRules } from '../../../src/core/diagnostics/rules/scriptRules';
import {
  fixtureEnvironment,
  fixtureFiles,
  readRuleFixtures,
  readScriptFixtures,
  rulesFolder,
  scriptFixturesFolder,
} from '../../support/ruleFixtures';

const configIds: readonly string[] = rules.map(({ id }) => id);
const scriptIds: readonly string[] = scriptRules.map(({ id }) => id);
const ids = allRules.map(({ id }) => id);

function foldersIn(path: string): readonly string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

function pageOf(id: string): string {
  return readFileSync(join(rulesFolder, id, 'rule.md'), 'utf8');
}

/** The rules that the first block under a heading of a page sets off. */
function rulesIn(id: string, heading: string): readonly string[] {
  // Of this rule the name of the file is all that is wrong.
  const isUnread = id === 'file-not-read' && heading === 'Wrong';
  const place = isUnread ? places.unread : places.project;
  const [, language = '', example = ''] =
    new RegExp(`## ${heading}\n\n(?:As .*:\n\n)?\`\`\`(\\w+)\n([^]*?)\`\`\``).exec(pageOf(id)) ??
    [];
  const findings =
    language === 'json'
      ? findFindings(parseMcpConfig(example, place), {
          environment: fixtureEnvironment,
          files: fixtureFiles,
        })
      : findScriptFindings(example, { fileName: `example.${language}` });
  return findings.map(({ rule }) => rule);
}

describe('the rule catalogue', () => {
  it('names each rule once, as its folder, fixtures and settings do', () => {
    const sorted = [...ids].sort();
    const settings = manifest.contributes.configuration.properties['mcpAuth.rules'].properties;
    assert.deepEqual(
      {
        unique: [...new Set(sorted)],
        folders: [...foldersIn(rulesFolder)].sort(),
        fixtures: [
          ...foldersIn(join('test', 'fixtures', 'rules')),
          ...foldersIn(scriptFixturesFolder),
        ].sort(),
        settings: Object.keys(settings).sort(),
      },
      { unique: sorted, folders: sorted, fixtures: sorted, settings: sorted },
    );
  });

  it('gives every rule a fixture that is free of it', () => {
    const right = readRuleFixtures().filter(({ name }) => name === 'right');
    const rightScripts = readScriptFixtures().filter(({ expected }) => expected.length === 0);
    assert.deepEqual(right.map(({ rule }) => rule).sort(), [...configIds].sort());
    assert.deepEqual(
      [...new Set(rightScripts.map(({ rule }) => rule))].sort(),
      [...scriptIds].sort(),
    );
  });

  it('says in the README what each rule finds', () => {
    const readme = readFileSync('README.md', 'utf8');
    assert.deepEqual(
      ids.filter((id) => !readme.includes(`\`${id}\``)),
      [],
    );
  });

  for (const { id, severity } of allRules) {
    it(`${id}: the page has the rule's name and severity, and its examples are true`, () => {
      const page = pageOf(id);
      assert.equal(page.split('\n')[0], `# ${id}`);
      assert.match(page, new RegExp(`\\| ${severity} +\\|`));
      assert.deepEqual(rulesIn(id, 'Right'), []);
      // A file of more than 2 MiB is described on its page, not printed.
      if (id !== 'file-too-large') {
        assert.ok(rulesIn(id, 'Wrong').includes(id));
      }
    });
  }
});
