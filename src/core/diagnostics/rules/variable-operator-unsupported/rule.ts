import type { OffsetRange } from '../../../base/range';
import { escapeForString } from '../../../config/json';
import { shown } from '../../words';
import type { Fix, Rule } from '../../rule';
import { expandedExpressions, whatHappens, type PlacedExpression } from '../expressionReports';
import { isPerhapsName } from '../perhapsName';

export const variableOperatorUnsupported = {
  id: 'variable-operator-unsupported',
  category: 'variables',
  severity: 'warning',
  *check({ config }) {
    for (const placed of expandedExpressions(config, 'operator')) {
      const { server, leaf, expression, range } = placed;
      if (isPerhapsName(expression)) {
        continue;
      }
      const { name, operator } = expression;
      yield {
        range,
        server,
        path: leaf.path,
        variables: [name],
        message: `Claude Code does not know the operator ${shown(operator)} and ${whatHappens(leaf)}: it expands only \${NAME} and \${NAME:-default}. ${advice(placed)}`,
        fixes: () => fixesFor(placed, range),
      };
    }
  },
} satisfies Rule<'variable-operator-unsupported'>;

/** How Claude Code says the same; its `:-` keeps a value that is set but empty, as `-` does. */
function replacementFor({ expression }: PlacedExpression<'operator'>): string | undefined {
  const { name, operator, operand } = expression;
  switch (operator) {
    case '-':
    case '=':
    case ':=':
      return operand === undefined ? undefined : `\${${name}:-${operand}}`;
    case '?':
    case ':?':
      return operand === undefined ? undefined : `\${${name}}`;
    default:
      return undefined;
  }
}

function advice(placed: PlacedExpression<'operator'>): string {
  const { name, operator } = placed.expression;
  switch (operator) {
    case '-':
    case '=':
    case ':=':
      return `For a default write \${${name}:-…}.`;
    case '?':
    case ':?':
      return `Write \${${name}}: Claude Code says by itself when it is not set.`;
    default:
      return `Put the value as it is needed into a variable of its own.`;
  }
}

function fixesFor(placed: PlacedExpression<'operator'>, range: OffsetRange): readonly Fix[] {
  const replacement = replacementFor(placed);
  if (replacement === undefined) {
    return [];
  }
  const { name } = placed.expression;
  const title = replacement.includes(':-') ? `Write \${${name}:-…}` : `Write \${${name}}`;
  return [{ title, edits: [{ range, newText: escapeForString(replacement) }], isSafe: true }];
}
