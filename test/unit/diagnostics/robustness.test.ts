import assert from 'node:assert/strict';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { places, type Place } from '../../../src/core/config/place';
import { findFindings } from '../../../src/core/diagnostics/findFindings';
import { applyEdits } from '../../../src/core/base/range';
import { createRandom } from '../../support/random';
import { fixtureEnvironment, fixtureFiles, readRuleFixtures } from '../../support/ruleFixtures';

/** Everything a text goes through; each fix is computed and applied alone. */
function walk(text: string, chosen: readonly Place[] = Object.values(places)): void {
  for (const place of chosen) {
    const config = parseMcpConfig(text, place);
    for (const { fixes, range } of findFindings(config, {
      environment: fixtureEnvironment,
      files: fixtureFiles,
    })) {
      assert.ok(range.offset >= 0 && range.offset <= text.length);
      fixes?.().forEach(({ edits }) => applyEdits(text, edits));
    }
  }
}

describe('any text gives an answer', () => {
  const texts = readRuleFixtures().map(({ text }) => text);

  it('when it stops at any character', function () {
    this.timeout(60_000);
    for (const text of texts) {
      for (let end = 0; end <= text.length; end++) {
        walk(text.slice(0, end), [places.project]);
      }
    }
  });

  it('when characters are lost, doubled or exchanged', function () {
    this.timeout(60_000);
    const random = createRandom(1);
    const strange = ['{', '}', '"', '\\', ',', ':', '\u0000', '\ud800', '${', '[', 'null', '\r'];
    const all = Object.values(places);
    for (let round = 0; round < 10_000; round++) {
      const text = texts[random(texts.length)] ?? '';
      const at = random(text.length);
      const inserted = strange[random(strange.length)] ?? '';
      const place = all[round % all.length] ?? places.project;
      walk(text.slice(0, at) + inserted + text.slice(at + random(3)), [place]);
    }
  });

  it('when it is nested deeper than a parser can follow', () => {
    walk('['.repeat(200_000));
    walk('{"a":'.repeat(200_000));
  });

  it('when it is binary', () => {
    const random = createRandom(2);
    const bytes = Uint8Array.from({ length: 20_000 }, () => random(256));
    walk(new TextDecoder().decode(bytes));
  });
});
