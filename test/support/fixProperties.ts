import { applyEdits, rangeEnd } from '../../src/core/base/range';
import { parseMcpConfig } from '../../src/core/config/parseMcpConfig';
import type { Place } from '../../src/core/config/place';
import { fixAll } from '../../src/core/diagnostics/fixAll';
import { findFindings, type FindingOptions } from '../../src/core/diagnostics/findFindings';
import type { Finding, Fix } from '../../src/core/diagnostics/rule';

/**
 * What is wrong with the repairs of `text`: every fix by itself, and all safe ones together. A
 * repair takes its finding away, adds none, stays within the text and leaves strict JSON strict.
 */
export function findFixFaults(
  text: string,
  place: Place,
  options: FindingOptions = {},
): readonly string[] {
  const findings = findFindings(parseMcpConfig(text, place), options);
  const single = findings.flatMap((finding) =>
    (finding.fixes?.() ?? []).flatMap((fix) =>
      faultsOf(finding, fix, text, findings, place, options),
    ),
  );
  return [...single, ...faultsOfAll(text, findings, place, options)];
}

function faultsOf(
  { rule }: Finding,
  fix: Fix,
  text: string,
  before: readonly Finding[],
  place: Place,
  options: FindingOptions,
): readonly string[] {
  const name = `${rule}: "${fix.title}"`;
  if (fix.edits.some(({ range }) => range.offset < 0 || rangeEnd(range) > text.length)) {
    return [`${name} edits beyond the text`];
  }
  const fixed = applyEdits(text, fix.edits);
  const after = findFindings(parseMcpConfig(fixed, place), options);
  return [
    ...(count(after, rule) < count(before, rule) ? [] : [`${name} leaves the finding`]),
    ...added(before, after).map((other) => `${name} adds ${other}`),
    ...(isJson(text) && !isJson(fixed) ? [`${name} breaks the JSON`] : []),
  ];
}

function faultsOfAll(
  text: string,
  before: readonly Finding[],
  place: Place,
  options: FindingOptions,
): readonly string[] {
  const { text: fixed, findings } = fixAll(text, place, options);
  const again = fixAll(fixed, place, options);
  return [
    ...added(before, findings).map((other) => `all safe fixes together add ${other}`),
    ...(again.text === fixed ? [] : ['all safe fixes leave something to fix']),
    ...(isJson(text) && !isJson(fixed) ? ['all safe fixes break the JSON'] : []),
  ];
}

function count(findings: readonly Finding[], rule: string): number {
  return findings.filter((finding) => finding.rule === rule).length;
}

function added(before: readonly Finding[], after: readonly Finding[]): readonly string[] {
  const rules = new Set(after.map(({ rule }) => rule));
  // A variable that stands for a literal is unset until somebody sets it.
  rules.delete('variable-unset');
  return [...rules].filter((rule) => count(after, rule) > count(before, rule));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return true;
  } catch {
    return false;
  }
}
