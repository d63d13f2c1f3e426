import assert from 'node:assert/strict';
import { applyEdits } from '../../../src/core/base/range';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { findFindings } from '../../../src/core/diagnostics/findFindings';
import type { Finding } from '../../../src/core/diagnostics/rule';
import { drawFindings, inOrder } from '../../support/drawFindings';
import {
  fixtureEnvironment,
  fixtureFiles,
  readRuleFixtures,
  type Drawn,
} from '../../support/ruleFixtures';

function check(text: string): readonly Finding[] {
  return findFindings(parseMcpConfig(text), {
    environment: fixtureEnvironment,
    files: fixtureFiles,
  });
}

describe('rule fixtures', () => {
  for (const { rule, name, text, expected, fixed } of readRuleFixtures()) {
    const findings = check(text);
    it(`${rule}/${name} has exactly the findings drawn in it`, () => {
      const own = (drawn: Drawn) => name !== 'right' || drawn.rule === rule;
      const found = drawFindings(text, findings).filter(own);
      assert.deepEqual(found, inOrder(expected));
    });
    if (fixed !== undefined) {
      it(`${rule}/${name} becomes its .fixed.json, where nothing fixable is left`, () => {
        const edits = findings
          .filter((finding) => finding.rule === rule)
          .flatMap(({ fixes }) => fixes?.()[0]?.edits ?? []);
        const result = applyEdits(text, edits);
        assert.equal(result, fixed);
        const left = check(result).filter(
          (finding) => finding.rule === rule && (finding.fixes?.() ?? []).length > 0,
        );
        assert.deepEqual(drawFindings(result, left), []);
      });
    }
  }
});
