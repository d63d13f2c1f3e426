import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { places } from '../../../src/core/config/place';
import { findFindings } from '../../../src/core/diagnostics/findFindings';
import { drawFindings, inOrder } from '../../support/drawFindings';
import { fixtureEnvironment, readDrawing } from '../../support/ruleFixtures';

const folder = join('test', 'fixtures', 'patterns');

/** The ways in which people tell a server who is asking, right and wrong. */
describe('of a common pattern is said exactly what is drawn in it:', () => {
  for (const id of ['project', 'plugin'] as const) {
    for (const file of readdirSync(join(folder, id))) {
      it(`${id}/${file}`, () => {
        const { text, expected } = readDrawing(join(folder, id, file));
        const findings = findFindings(parseMcpConfig(text, places[id]), {
          environment: fixtureEnvironment,
        });
        assert.deepEqual(drawFindings(text, findings), inOrder(expected));
      });
    }
  }
});
