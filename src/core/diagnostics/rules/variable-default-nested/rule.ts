import { rangeInString } from '../../../config/json';
import type { Rule } from '../../rule';
import { expandedExpressions, type PlacedExpression } from '../expressionReports';

export const variableDefaultNested = {
  id: 'variable-default-nested',
  category: 'variables',
  severity: 'warning',
  *check({ config }) {
    for (const placed of expandedExpressions(config, 'reference')) {
      const { server, leaf, expression } = placed;
      const { name, defaultValue, start } = expression;
      const inner = defaultValue === undefined ? undefined : innerOf(defaultValue);
      if (inner === undefined) {
        continue;
      }
      const isClosed = leaf.value.charAt(expression.end) === '}';
      const end = expression.end + (isClosed ? 1 : 0);
      const range = rangeInString(config.text, leaf, start, end);
      yield {
        range,
        server,
        path: leaf.path,
        variables: [name, inner],
        message: `A default ends at the first }, so no variable fits into it: ${effect(placed, inner, isClosed)}. Refer to one variable, and decide its value where Claude Code starts.`,
        fixes: () =>
          (defaultValue?.startsWith('${') ? [name, inner] : []).map((variable) => ({
            title: `Write \${${variable}}`,
            edits: [{ range, newText: `\${${variable}}` }],
            isSafe: false,
          })),
      };
    }
  },
} satisfies Rule<'variable-default-nested'>;

/** Headers are expanded once more where the server is contacted; nothing else is. */
function effect(
  { leaf, expression: { name } }: PlacedExpression<'reference'>,
  inner: string,
  isClosed: boolean,
): string {
  const text = `where ${name} is not set, the characters \${${inner}… take its place`;
  if (!isClosed) {
    return text;
  }
  const brace = `where ${name} is set, a } follows its value`;
  return leaf.slot.kind === 'header' ? brace : `${brace}, and ${text}`;
}

/** The variable that a default tries to refer to. */
function innerOf(defaultValue: string): string | undefined {
  return /\$\{([A-Za-z_]\w*)/.exec(defaultValue)?.[1];
}
