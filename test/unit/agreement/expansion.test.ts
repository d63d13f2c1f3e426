import assert from 'node:assert/strict';
import {
  blankedEnvironment,
  blankedInHeaders,
  blankedTable,
  environment,
  expandedPlaces,
  expansionTable,
  literalPlaces,
} from '../../agreement/expansionTable';
import {
  expand,
  headerRules,
  localRules,
  textOf,
  urlRules,
  type ExpansionRules,
} from '../../../src/core/config/expansion';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { findReferences, type VariableReference } from '../../../src/core/config/variables';
import { environmentOf, sourceOf } from '../../../src/core/variables/environment';

const known = environmentOf([sourceOf('the environment', 'always', environment)]);

/** What Claude Code would expand in an entry. */
function referencesOf(entry: object): readonly VariableReference[] {
  const config = parseMcpConfig(JSON.stringify({ mcpServers: { a: entry } }));
  return config.servers
    .flatMap(({ strings }) => strings)
    .flatMap(({ value, expands }) => (expands ? findReferences(value) : []));
}

/** Those that have no default and are not set. */
function missingIn(entry: object): readonly string[] {
  return referencesOf(entry)
    .filter(({ name, defaultValue }) => {
      return defaultValue === undefined && known.lookup(name).kind === 'unset';
    })
    .map(({ name }) => name);
}

const values: Readonly<Record<string, string>> = { ...environment, ...blankedEnvironment };

function becomes(written: string, rules: ExpansionRules): string {
  return textOf(expand(written, (name) => values[name], rules));
}

describe('as Claude Code expands it,', () => {
  for (const { written, missing, isLiteral } of expansionTable) {
    it(`${written} misses ${missing.join() || 'nothing'}`, () => {
      for (const [place, entry] of Object.entries(expandedPlaces)) {
        assert.deepEqual(missingIn(entry(written)), missing, place);
        assert.equal(referencesOf(entry(written)).length > 0, !isLiteral, place);
      }
    });
  }

  for (const { written, once, twice } of expansionTable) {
    it(`${written} becomes ${once || 'nothing'}, in a header ${twice || 'nothing'}`, () => {
      assert.equal(becomes(written, localRules), once);
      assert.equal(becomes(written, urlRules), once);
      assert.equal(becomes(written, headerRules), twice);
    });
  }

  for (const { written, local, remote } of blankedTable) {
    it(`${written} becomes ${local || 'nothing'}, in what is sent ${remote || 'nothing'}`, () => {
      assert.equal(becomes(written, localRules), local);
      assert.equal(becomes(written, urlRules), remote);
      assert.equal(becomes(written, headerRules), remote);
    });
  }

  for (const { written, header } of blankedInHeaders) {
    it(`${written} becomes ${header || 'nothing'} in a header`, () => {
      assert.equal(becomes(written, headerRules), header);
    });
  }

  for (const [place, entry] of Object.entries(literalPlaces)) {
    it(`nothing is a reference in ${place}`, () => {
      assert.deepEqual(referencesOf(entry('${UNSET}')), []);
    });
  }
});
