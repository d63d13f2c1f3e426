import { readHelperScript } from '../helperScript/helperScript';
import type { FindingOptions } from './findFindings';
import type { Finding } from './rule';
import { scriptRules } from './rules/scriptRules';
import { isSuppressed } from './suppression';

export interface ScriptOptions extends Pick<FindingOptions, 'settings' | 'suppressions'> {
  /** Tells the language where the first line does not. */
  readonly fileName: string;
}

/**
 * Everything there is to say about a script that a `headersHelper` runs, in the order of the text.
 * Nothing in a language that is not known.
 */
export function findScriptFindings(text: string, options: ScriptOptions): readonly Finding[] {
  const { fileName, settings = {}, suppressions = [] } = options;
  const script = readHelperScript(text, fileName);
  if (script === undefined) {
    return [];
  }
  const findings: Finding[] = [];
  for (const { id, category, severity, checkScript } of scriptRules) {
    const chosen = settings[id];
    if (chosen === 'off') {
      continue;
    }
    for (const report of checkScript(script)) {
      const finding = {
        rule: id,
        category,
        severity: chosen ?? report.severity ?? severity,
        message: report.message,
        range: report.range,
        server: undefined,
        path: [],
        variables: [],
        fixes: report.fixes,
      };
      if (!isSuppressed(finding, suppressions)) {
        findings.push(finding);
      }
    }
  }
  return findings.sort((a, b) => a.range.offset - b.range.offset);
}
