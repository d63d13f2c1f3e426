import assert from 'node:assert/strict';
import {
  environment,
  expandedPlaces,
  expansionTable,
  literalPlaces,
} from '../../agreement/expansionTable';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { referencesIn } from '../../../src/core/config/referencesIn';
import { environmentOf, sourceOf } from '../../../src/core/variables/environment';

const known = environmentOf([sourceOf('the environment', 'always', environment)]);

/** The variables that are referred to, have no default and are not set. */
function missingIn(entry: object): readonly string[] {
  const config = parseMcpConfig(JSON.stringify({ mcpServers: { a: entry } }));
  return referencesIn(config)
    .flatMap(({ references }) => references)
    .filter(({ name, defaultValue }) => {
      return defaultValue === undefined && known.lookup(name).kind === 'unset';
    })
    .map(({ name }) => name);
}

function referencesOf(entry: object): number {
  const config = parseMcpConfig(JSON.stringify({ mcpServers: { a: entry } }));
  return referencesIn(config).length;
}

describe('as Claude Code expands it,', () => {
  for (const { written, missing, isLiteral } of expansionTable) {
    it(`${written} misses ${missing.join() || 'nothing'}`, () => {
      for (const [place, entry] of Object.entries(expandedPlaces)) {
        assert.deepEqual(missingIn(entry(written)), missing, place);
        assert.equal(referencesOf(entry(written)), isLiteral ? 0 : 1, place);
      }
    });
  }

  for (const [place, entry] of Object.entries(literalPlaces)) {
    it(`nothing is a reference in ${place}`, () => {
      assert.equal(referencesOf(entry('${UNSET}')), 0);
    });
  }
});
