import type { McpConfig } from '../config/mcpConfig';
import { unknownEnvironment, type Environment } from '../variables/environment';
import type { Finding, Report, Rule, Severity } from './rule';
import { rules } from './rules';

/** What a person chose for a rule; a rule that is not named keeps its default. */
export type RuleSettings = Readonly<Record<string, Severity | 'off' | undefined>>;

export interface FindingOptions {
  readonly environment?: Environment;
  readonly settings?: RuleSettings;
}

/** Everything there is to say about `config`, in the order of the text. */
export function findFindings(config: McpConfig, options: FindingOptions = {}): readonly Finding[] {
  const { environment = unknownEnvironment, settings = {} } = options;
  const findings: Finding[] = [];
  for (const rule of rules) {
    const chosen = settings[rule.id];
    if (chosen === 'off') {
      continue;
    }
    for (const report of rule.check({ config, environment })) {
      findings.push(toFinding(rule, report, chosen));
    }
  }
  return findings.sort((a, b) => a.range.offset - b.range.offset);
}

function toFinding(rule: Rule, report: Report, chosen: Severity | undefined): Finding {
  return {
    rule: rule.id,
    category: rule.category,
    severity: chosen ?? report.severity ?? rule.severity,
    message: report.message,
    range: report.range,
    server: report.server?.name,
    path: report.path ?? report.server?.path ?? [],
    variables: report.variables ?? [],
    fixes: report.fixes,
  };
}
