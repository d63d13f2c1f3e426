import { isReadByShell } from '../../../config/expressionsIn';
import { rangeInString, type StringValue } from '../../../config/json';
import type { McpServer } from '../../../config/mcpConfig';
import type { Fix, Report, Rule, RuleContext } from '../../rule';
import { expandedExpressions, whatHappens, type PlacedExpression } from '../expressionReports';
import { isPluginVariable } from '../pluginVariables';

export const variablePluginOnly = {
  id: 'variable-plugin-only',
  category: 'variables',
  severity: 'warning',
  *check(context) {
    const { config, environment } = context;
    if (config.place.expandsPluginVariables) {
      return;
    }
    for (const { server, leaf, expression, range } of expandedExpressions(config, 'user-config')) {
      const key = /^[\w.]*/.exec(leaf.value.slice(expression.start + 2, expression.end))?.[0];
      yield {
        range,
        server,
        path: leaf.path,
        message: `\${${key}} is a setting of a plugin. Claude Code knows it in the configuration of that plugin only and ${whatHappens(leaf)} from here. Use a variable of your own: \${NAME}.`,
      };
    }
    for (const placed of expandedExpressions(config, 'reference')) {
      const { name, defaultValue } = placed.expression;
      if (defaultValue !== undefined || !isPluginVariable(name)) {
        continue;
      }
      const { kind } = environment.lookup(name);
      if (kind === 'unset' || kind === 'unknown') {
        yield* describe(placed);
      }
    }
    for (const server of config.servers) {
      const { headersHelper, transport, isShadowed } = server;
      if (headersHelper && transport !== 'stdio' && !isShadowed) {
        yield* describeHelper(context, server, headersHelper);
      }
    }
  },
} satisfies Rule<'variable-plugin-only'>;

function describe(placed: PlacedExpression<'reference'>): readonly Report[] {
  const { server, leaf, expression, range } = placed;
  const { name } = expression;
  const common = { range, server, path: leaf.path, variables: [name] };
  if (name !== 'CLAUDE_PROJECT_DIR') {
    const message = `${name} is set for the configuration of a plugin only, so Claude Code ${whatHappens(leaf)} from here. Write a path that is known without it.`;
    return [{ ...common, message }];
  }
  if (isReadByShell(server, leaf)) {
    const message = `Claude Code calls ${name} missing and leaves the text to the shell, which has the variable in its environment. Write $${name} to keep Claude Code out of it.`;
    return [{ ...common, severity: 'information', message }];
  }
  const message = `${name} is set for the server that is started, not where Claude Code reads this file, so it ${whatHappens(leaf)}. Write \${${name}:-.}: the folder in which Claude Code was started.`;
  return [{ ...common, message, fixes: () => [addDefault(range, name)] }];
}

/** Claude Code gives the folder of a plugin to the helpers of that plugin alone. */
function* describeHelper(
  { config, environment }: RuleContext,
  server: McpServer,
  helper: StringValue,
): Iterable<Report> {
  if (!helper.value.includes('CLAUDE_PLUGIN_')) {
    return;
  }
  for (const match of helper.value.matchAll(inHelper)) {
    const name = match[1] ?? match[2] ?? '';
    const { kind } = environment.lookup(name);
    if (kind === 'unset' || kind === 'unknown') {
      const end = match.index + match[0].length;
      yield {
        range: rangeInString(config.text, helper, match.index, end),
        server,
        path: [...server.path, 'headersHelper'],
        variables: [name],
        message: `${name} is set for the helpers of a plugin only. The shell that runs this one finds it unset and reads nothing in its place. Write a path that is known without it.`,
      };
    }
  }
}

const inHelper = /\$(?:\{(CLAUDE_PLUGIN_(?:ROOT|DATA))\}|(CLAUDE_PLUGIN_(?:ROOT|DATA))(?!\w))/g;

function addDefault(range: Fix['edits'][number]['range'], name: string): Fix {
  const newText = `\${${name}:-.}`;
  return { title: `Write ${newText}`, edits: [{ range, newText }], isSafe: true };
}
