import type { McpConfig } from '../config/mcpConfig';
import { unknownEnvironment, type Environment } from '../variables/environment';
import { unknownFiles, type FileFacts } from './fileFacts';
import type { Finding, Report, Rule, Severity } from './rule';
import { rules } from './rules';
import { fileNotRead } from './rules/file-not-read/rule';
import { isSuppressed, type Suppression } from './suppression';

/** What a person chose for a rule; a rule that is not named keeps its default. */
export type RuleSettings = Readonly<Record<string, Severity | 'off' | undefined>>;

export interface FindingOptions {
  readonly environment?: Environment;
  readonly files?: FileFacts;
  readonly settings?: RuleSettings;
  /** Of this file: those of other files are left out by the caller. */
  readonly suppressions?: readonly Suppression[];
}

/** Everything there is to say about `config`, in the order of the text. */
export function findFindings(config: McpConfig, options: FindingOptions = {}): readonly Finding[] {
  const { environment = unknownEnvironment, files = unknownFiles } = options;
  const { settings = {}, suppressions = [] } = options;
  const findings: Finding[] = [];
  for (const rule of rules) {
    const chosen = settings[rule.id];
    if (chosen === 'off' || (!config.place.isRead && !mattersUnread(rule))) {
      continue;
    }
    for (const report of rule.check({ config, environment, files })) {
      const finding = toFinding(rule, report, chosen);
      if (!isSuppressed(finding, suppressions)) {
        findings.push(finding);
      }
    }
  }
  return findings.sort((a, b) => a.range.offset - b.range.offset);
}

/** Of a file that is not read, what it would do does not matter; a credential is in it all the same. */
function mattersUnread({ id, category }: Rule): boolean {
  return category === 'credentials' || id === fileNotRead.id;
}

function toFinding(rule: Rule, report: Report, chosen: Severity | undefined): Finding {
  return {
    rule: rule.id,
    category: rule.category,
    severity: chosen ?? report.severity ?? rule.severity,
    message: report.message,
    // A value of its own: a node of the tree would take its text along.
    range: { offset: report.range.offset, length: report.range.length },
    server: report.server?.name,
    path: report.path ?? report.server?.path ?? [],
    variables: report.variables ?? [],
    fixes: report.fixes,
  };
}
