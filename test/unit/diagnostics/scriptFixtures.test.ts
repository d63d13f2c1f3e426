import assert from 'node:assert/strict';
import { findScriptFindings } from '../../../src/core/diagnostics/findScriptFindings';
import { drawFindings, inOrder } from '../../support/drawFindings';
import { readScriptFixtures } from '../../support/ruleFixtures';

describe('script fixtures', () => {
  for (const { rule, fileName, text, expected } of readScriptFixtures()) {
    it(`${rule}/${fileName} has exactly the findings drawn in it`, () => {
      const found = drawFindings(text, findScriptFindings(text, { fileName }));
      assert.deepEqual(found, inOrder(expected));
    });
  }
});
