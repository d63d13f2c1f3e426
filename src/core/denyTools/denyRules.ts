import { toolNamePart } from '../config/toolNames';

/** The rule that keeps one tool from Claude Code, as it names the tool itself. */
export function denyRule(serverName: string, toolName: string): string {
  return `mcp__${toolNamePart(serverName)}__${toolNamePart(toolName)}`;
}

/**
 * The rule among `rules` that denies more than this tool and with it this tool, if there is one:
 * of its whole server, or with `*`. Observed in Claude Code 2.1.329.
 * @param rule as `denyRule` gives it
 */
export function wideRule(rules: readonly string[], serverName: string, rule: string) {
  const server = `mcp__${toolNamePart(serverName)}`;
  return rules.find(
    (wide) =>
      wide === server || (wide.startsWith('mcp__') && wide.includes('*') && fits(wide, rule)),
  );
}

function fits(pattern: string, rule: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(rule);
}
