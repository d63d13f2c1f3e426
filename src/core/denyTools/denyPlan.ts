import { oneLine } from '../base/text';
import type { ListedTool } from '../tokenTest/listedTools';
import { denyRule, wideRule } from './denyRules';
import { judgeTool } from './toolRisk';

/** One line of the list in which tools are chosen. */
export interface ToolChoice {
  readonly rule: string;
  /** The tools that this rule denies: mostly one. */
  readonly names: readonly string[];
  readonly description: string | undefined;
  readonly isDestructive: boolean;
  readonly reason: string;
  /** The rule stands in the file. */
  readonly isDenied: boolean;
  /** Another rule in the file denies it whatever is chosen here. */
  readonly deniedBy: string | undefined;
  readonly isPreselected: boolean;
}

export interface DenyChanges {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/**
 * The tools to choose from, destructive ones first. Preselected is what the file denies; where it
 * denies no tool of this server yet, what is destructive.
 * @param rules of `permissions.deny`
 */
export function planChoices(
  serverName: string,
  tools: readonly ListedTool[],
  rules: readonly string[],
): readonly ToolChoice[] {
  const byRule = new Map<string, ListedTool[]>();
  for (const tool of tools) {
    const rule = denyRule(serverName, tool.name);
    byRule.set(rule, [...(byRule.get(rule) ?? []), tool]);
  }
  const isNew = ![...byRule.keys()].some((rule) => rules.includes(rule));
  const choices = [...byRule].map(([rule, named]): ToolChoice => {
    const risks = named.map(judgeTool);
    const risk = risks.find(({ isDestructive }) => isDestructive) ?? risks[0];
    const isDestructive = risk?.isDestructive ?? false;
    const isDenied = rules.includes(rule);
    const deniedBy = wideRule(rules, serverName, rule);
    return {
      rule,
      names: named.map(({ name }) => name),
      description: named[0]?.description,
      isDestructive,
      reason: risk?.reason ?? '',
      isDenied,
      deniedBy,
      isPreselected: isDenied || deniedBy !== undefined || (isNew && isDestructive),
    };
  });
  return [
    ...choices.filter(({ isDestructive }) => isDestructive),
    ...choices.filter(({ isDestructive }) => !isDestructive),
  ];
}

/** What the file lacks, and what has to go from it, for `chosen` to be what it denies. */
export function changesFor(
  choices: readonly ToolChoice[],
  chosen: ReadonlySet<ToolChoice>,
): DenyChanges {
  return {
    add: choices
      .filter((it) => chosen.has(it) && !it.isDenied && it.deniedBy === undefined)
      .map(({ rule }) => rule),
    remove: choices.filter((it) => !chosen.has(it) && it.isDenied).map(({ rule }) => rule),
  };
}

/** What was done, in a message. @param file as a person names it */
export function describeChanges({ add, remove }: DenyChanges, file: string): string {
  const added = add.length === 0 ? [] : [`${listed(add)} ${verb(add)} denied in ${file}.`];
  const removed =
    remove.length === 0 ? [] : [`${listed(remove)} ${verb(remove)} no longer denied in ${file}.`];
  return [...added, ...removed, 'Claude Code sessions that start from now on go by it.'].join(' ');
}

function listed(rules: readonly string[]): string {
  return rules.length > 3 ? `${rules.length} tools` : rules.map((it) => oneLine(it, 80)).join(', ');
}

function verb(rules: readonly string[]): string {
  return rules.length === 1 ? 'is' : 'are';
}
