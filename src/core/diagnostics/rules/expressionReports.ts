import type { OffsetRange } from '../../base/range';
import type { Expression } from '../../config/expressions';
import { expressionsIn } from '../../config/expressionsIn';
import { rangeInString } from '../../config/json';
import type { McpConfig, McpServer } from '../../config/mcpConfig';
import type { StringLeaf } from '../../config/stringLeaves';

type ExpressionOf<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>;

/** A `${…}` with the place where it stands. */
export interface PlacedExpression<Kind extends Expression['kind']> {
  readonly server: McpServer;
  readonly leaf: StringLeaf;
  readonly expression: ExpressionOf<Kind>;
  readonly range: OffsetRange;
}

/**
 * Those of one kind where Claude Code expands variables. What it does not expand itself is left out
 * where a shell or an interpreter reads the string: that one may well know what to do.
 */
export function* expandedExpressions<Kind extends Expression['kind']>(
  config: McpConfig,
  kind: Kind,
): Iterable<PlacedExpression<Kind>> {
  for (const { server, leaf, expressions, isCode } of expressionsIn(config)) {
    if (!leaf.expands || (isCode && kind !== 'reference')) {
      continue;
    }
    for (const expression of expressions) {
      if (isOfKind(expression, kind)) {
        const range = rangeInString(config.text, leaf, expression.start, expression.end);
        yield { server, leaf, expression, range };
      }
    }
  }
}

function isOfKind<Kind extends Expression['kind']>(
  expression: Expression,
  kind: Kind,
): expression is ExpressionOf<Kind> {
  return expression.kind === kind;
}

/** The variable of a header or an argument goes elsewhere, said as a verb. */
export function whatHappens({ slot }: StringLeaf): string {
  return slot.kind === 'url' || slot.kind === 'header'
    ? 'sends the text as it is'
    : 'passes the text on as it is';
}
