import { LineMap } from '../../src/core/base/lineMap';
import { rangeEnd } from '../../src/core/base/range';
import type { Finding } from '../../src/core/diagnostics/rule';
import type { Drawn } from './ruleFixtures';

/** Findings as a fixture draws them, in the order of the text. */
export function drawFindings(text: string, findings: readonly Finding[]): readonly Drawn[] {
  const map = new LineMap(text);
  const drawn = findings.map(({ rule, range }) => ({
    rule,
    ...map.positionAt(range.offset),
    text: text.slice(range.offset, rangeEnd(range)).split('\n')[0] ?? '',
  }));
  return inOrder(drawn);
}

/** By place, then by name, so that two findings at one place compare. */
export function inOrder(drawn: readonly Drawn[]): readonly Drawn[] {
  return [...drawn].sort(
    (a, b) => a.line - b.line || a.character - b.character || (a.rule < b.rule ? -1 : 1),
  );
}
