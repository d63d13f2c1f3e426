import { composeEdits } from '../base/composeEdits';
import { applyEdits, type TextEdit } from '../base/range';
import { parseMcpConfig } from '../config/parseMcpConfig';
import type { Place } from '../config/place';
import { findFindings, type FindingOptions } from './findFindings';
import type { Finding, Fix } from './rule';

export interface FixedText {
  readonly text: string;
  /** From the text as it was to the fixed one. */
  readonly edits: readonly TextEdit[];
  /** How many findings were repaired. */
  readonly count: number;
  /** What is left, in the fixed text. */
  readonly findings: readonly Finding[];
}

/** A repair may uncover the next one: an entry that has its `type` is looked into further. */
const maxRounds = 10;

export interface FixAllOptions extends FindingOptions {
  /** Of one rule only; default: of all. */
  readonly rule?: string;
}

/** `text` with every safe fix applied, in each round those that do not touch each other. */
export function fixAll(text: string, place: Place, options: FixAllOptions = {}): FixedText {
  const rounds: (readonly TextEdit[])[] = [];
  let fixed = text;
  let count = 0;
  let findings = findingsIn(text, place, options);
  while (rounds.length < maxRounds) {
    const fixes = chooseFixes(findings, options.rule);
    const edits = fixes.flatMap((fix) => fix.edits);
    const next = applyEdits(fixed, edits);
    if (next === fixed) {
      break;
    }
    rounds.push(edits);
    fixed = next;
    count += fixes.length;
    findings = findingsIn(next, place, options);
  }
  return { text: fixed, edits: composeEdits(text, rounds), count, findings };
}

function findingsIn(text: string, place: Place, options: FindingOptions): readonly Finding[] {
  return findFindings(parseMcpConfig(text, place), options);
}

/** The first safe fix of each finding, as far as their edits leave each other alone. */
export function chooseFixes(findings: readonly Finding[], only?: string): readonly Fix[] {
  const chosen: Fix[] = [];
  const taken = new Set<number>();
  for (const { rule, fixes } of findings) {
    const fix = only === undefined || rule === only ? fixes?.().find(isSafe) : undefined;
    if (
      fix === undefined ||
      fix.edits.some((edit) => offsetsOf(edit).some((at) => taken.has(at)))
    ) {
      continue;
    }
    if (fix.movesLines === true && chosen.length > 0) {
      continue;
    }
    chosen.push(fix);
    if (fix.movesLines === true) {
      break;
    }
    for (const offset of fix.edits.flatMap(offsetsOf)) {
      taken.add(offset);
    }
  }
  return chosen;
}

function isSafe(fix: Fix): boolean {
  return fix.isSafe;
}

/** What an edit touches, its end included: where two edits meet, their order would matter. */
function offsetsOf({ range }: TextEdit): readonly number[] {
  return Array.from({ length: range.length + 1 }, (_, index) => range.offset + index);
}
