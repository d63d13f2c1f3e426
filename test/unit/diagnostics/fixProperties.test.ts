import assert from 'node:assert/strict';
import { places } from '../../../src/core/config/place';
import { findFixFaults } from '../../support/fixProperties';
import { fixtureEnvironment, fixtureFiles, readRuleFixtures } from '../../support/ruleFixtures';

describe('a repair takes its finding away and adds none', () => {
  for (const { rule, name, text } of readRuleFixtures()) {
    it(`in ${rule}/${name}`, () => {
      for (const written of [text, `\uFEFF${text}`, text.replaceAll(/\r?\n/g, '\r\n')]) {
        const options = { environment: fixtureEnvironment, files: fixtureFiles };
        assert.deepEqual(findFixFaults(written, places.project, options), []);
      }
    });
  }
});
