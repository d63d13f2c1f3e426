import { isBlankedLocally, isBlankedName } from '../config/dialects/blankedNames';
import { expressionsIn } from '../config/expressionsIn';
import type { McpConfig } from '../config/mcpConfig';
import type { StringLeaf } from '../config/stringLeaves';
import { isPluginVariable } from '../diagnostics/rules/pluginVariables';

/** A variable that Claude Code looks up for the entries of a configuration. */
export interface NeededVariable {
  readonly name: string;
  /** Each reference has a default: without a value the entries still work. */
  readonly hasDefault: boolean;
  /** The names of the servers that refer to it. */
  readonly servers: readonly string[];
}

/**
 * The variables that the entries refer to, in the order of the text. Left out is what Claude Code
 * sets itself, and what it keeps empty where it is referred to: to set that would change the client
 * and help no server.
 * @param folder the one that Claude Code starts in: other folders' local servers do not count
 */
export function neededVariables(config: McpConfig, folder: string): readonly NeededVariable[] {
  const needed = new Map<string, NeededVariable>();
  for (const { server, leaf, expressions } of expressionsIn(config)) {
    const isOfOther = server.project !== undefined && server.project !== folder;
    if (!leaf.expands || isOfOther || server.isShadowed) {
      continue;
    }
    for (const expression of expressions) {
      if (expression.kind !== 'reference' || isKeptBack(expression.name, leaf)) {
        continue;
      }
      const { name, defaultValue } = expression;
      const before = needed.get(name);
      needed.set(name, {
        name,
        hasDefault: defaultValue !== undefined && before?.hasDefault !== false,
        servers: [...new Set([...(before?.servers ?? []), server.name])],
      });
    }
  }
  return [...needed.values()];
}

function isKeptBack(name: string, { slot }: StringLeaf): boolean {
  const isSent = slot.kind === 'url' || slot.kind === 'header';
  return isPluginVariable(name) || (isSent ? isBlankedName(name) : isBlankedLocally(name));
}
