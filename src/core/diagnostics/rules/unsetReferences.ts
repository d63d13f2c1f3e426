import { isBlankedName } from '../../config/dialects/blankedNames';
import type { McpConfig } from '../../config/mcpConfig';
import type { Environment } from '../../variables/environment';
import { expandedExpressions, type PlacedExpression } from './expressionReports';
import { isPluginVariable } from './pluginVariables';

/**
 * The references to variables that are not set where Claude Code looks, with a default or without.
 * Those of plugins and those that always read as empty are the matter of rules of their own.
 */
export function* unsetReferences(
  config: McpConfig,
  environment: Environment,
): Iterable<PlacedExpression<'reference'>> {
  for (const placed of expandedExpressions(config, 'reference')) {
    const { leaf, expression } = placed;
    const { name } = expression;
    const isSent = leaf.slot.kind === 'url' || leaf.slot.kind === 'header';
    if (
      !isPluginVariable(name) &&
      !(isSent && isBlankedName(name)) &&
      environment.lookup(name).kind === 'unset'
    ) {
      yield placed;
    }
  }
}
