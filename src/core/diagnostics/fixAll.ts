import { applyEdits, type TextEdit } from '../base/range';
import { parseMcpConfig } from '../config/parseMcpConfig';
import type { Place } from '../config/place';
import { findFindings, type FindingOptions } from './findFindings';
import type { Finding, Fix } from './rule';

export interface FixedText {
  readonly text: string;
  /** How many findings were repaired. */
  readonly count: number;
  /** What is left, in the fixed text. */
  readonly findings: readonly Finding[];
}

/** A repair may uncover the next one: an entry that has its `type` is looked into further. */
const maxRounds = 10;

/** `text` with every safe fix applied, in each round those that do not touch each other. */
export function fixAll(text: string, place: Place, options: FindingOptions = {}): FixedText {
  let current: FixedText = { text, count: 0, findings: findingsIn(text, place, options) };
  for (let round = 0; round < maxRounds; round++) {
    const fixes = chooseFixes(current.findings);
    if (fixes.length === 0) {
      break;
    }
    const next = applyEdits(
      current.text,
      fixes.flatMap(({ edits }) => edits),
    );
    const findings = findingsIn(next, place, options);
    if (next === current.text) {
      break;
    }
    current = { text: next, count: current.count + fixes.length, findings };
  }
  return current;
}

function findingsIn(text: string, place: Place, options: FindingOptions): readonly Finding[] {
  return findFindings(parseMcpConfig(text, place), options);
}

/** The first safe fix of each finding, as far as their edits leave each other alone. */
export function chooseFixes(findings: readonly Finding[]): readonly Fix[] {
  const chosen: Fix[] = [];
  const taken = new Set<number>();
  for (const { fixes } of findings) {
    const fix = fixes?.().find(({ isSafe }) => isSafe);
    if (
      fix === undefined ||
      fix.edits.some((edit) => offsetsOf(edit).some((at) => taken.has(at)))
    ) {
      continue;
    }
    chosen.push(fix);
    for (const offset of fix.edits.flatMap(offsetsOf)) {
      taken.add(offset);
    }
  }
  return chosen;
}

/** What an edit touches, its end included: where two edits meet, their order would matter. */
function offsetsOf({ range }: TextEdit): readonly number[] {
  return Array.from({ length: range.length + 1 }, (_, index) => range.offset + index);
}
