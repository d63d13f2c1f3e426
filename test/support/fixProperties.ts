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
    (finding.fixes?.() ?? []).flatMap((fix, index) =>
      faultsOf(finding, fix, text, findings, place, options).filter(
        // Another choice than the preferred one may bring into play what was passed over.
        (fault) => index === 0 || !fault.includes(' adds '),
      ),
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
    ...added(before, after, fix.isSafe).map((other) => `${name} adds ${other}`),
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
    ...added(before, findings, true).map((other) => `all safe fixes together add ${other}`),
    ...(again.text === fixed ? [] : ['all safe fixes leave something to fix']),
    ...(isJson(text) && !isJson(fixed) ? ['all safe fixes break the JSON'] : []),
  ];
}

function count(findings: readonly Finding[], rule: string): number {
  return findings.filter((finding) => finding.rule === rule).length;
}

/**
 * The rules that say more than before. Advice may follow a repair that a person chose, since it
 * concerns what stands there now: a reference in an address is better than a literal, not good.
 */
function added(
  before: readonly Finding[],
  after: readonly Finding[],
  isSafe: boolean,
): readonly string[] {
  const counted = after.filter(
    ({ severity }) => isSafe || severity === 'error' || severity === 'warning',
  );
  const rules = new Set(counted.map(({ rule }) => rule));
  // A variable that stands for a literal is unset until somebody sets it.
  rules.delete('variable-unset');
  rules.delete('variable-misspelt');
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
