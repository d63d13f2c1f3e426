import type { OffsetRange } from '../../../base/range';
import { expressionsIn } from '../../../config/expressionsIn';
import { escapeForString } from '../../../config/json';
import { upperSnake } from '../../../config/variables';
import { maskSecrets } from '../../../secrets/maskSecrets';
import { shown } from '../../words';
import type { Fix, Report, Rule, RuleContext } from '../../rule';
import { expandedExpressions, whatHappens, type PlacedExpression } from '../expressionReports';
import { isPerhapsName } from '../perhapsName';

export const variableNameInvalid = {
  id: 'variable-name-invalid',
  category: 'variables',
  severity: 'warning',
  *check({ config }: RuleContext) {
    if (expressionsIn(config).length === 0) {
      return;
    }
    for (const placed of expandedExpressions(config, 'misnamed')) {
      yield describeMisnamed(placed);
    }
    for (const placed of expandedExpressions(config, 'operator')) {
      if (isPerhapsName(placed.expression)) {
        yield describeHyphen(placed);
      }
    }
    for (const placed of expandedExpressions(config, 'unclosed')) {
      yield describeUnclosed(placed);
    }
  },
} satisfies Rule<'variable-name-invalid'>;

const allowed = 'A name has letters A to Z, digits and _, and starts with no digit.';

function describeMisnamed(placed: PlacedExpression<'misnamed'>): Report {
  const { server, leaf, expression, range } = placed;
  const { inside } = expression;
  const trimmed = inside.trim();
  const isSpaced = /^[A-Za-z_]\w*(?::-.*)?$/s.test(trimmed);
  const reason = /^(?::|$)/.test(trimmed)
    ? 'There is no name between the braces'
    : isSpaced
      ? 'There is a space between the braces and the name'
      : `${shownName(inside)} is no name of a variable`;
  return {
    range,
    server,
    path: leaf.path,
    message: `${reason}, so Claude Code expands nothing and ${whatHappens(leaf)}. ${isSpaced ? 'Remove the space.' : allowed}`,
    fixes: () => {
      if (isSpaced) {
        return [replace(range, trimmed, true, 'Remove the space')];
      }
      const name = upperSnake(inside);
      return /[A-Z]/.test(name) && /^[\w\s.-]+$/.test(inside) ? [replace(range, name, false)] : [];
    },
  };
}

function describeHyphen(placed: PlacedExpression<'operator'>): Report {
  const { server, leaf, expression, range } = placed;
  const { name, operand = '' } = expression;
  return {
    range,
    server,
    path: leaf.path,
    message: `${shown(`${name}-${operand}`)} is no name of a variable, so Claude Code expands nothing and ${whatHappens(leaf)}. ${allowed} A default stands behind ":-".`,
    fixes: () => [
      replace(range, `${name}_${operand.replaceAll('-', '_')}`, false),
      replace(range, `${name}:-${operand}`, false),
    ],
  };
}

function describeUnclosed(placed: PlacedExpression<'unclosed'>): Report {
  const { server, leaf, expression, range } = placed;
  const { name, end } = expression;
  return {
    range,
    server,
    path: leaf.path,
    message: `No } closes this reference, so Claude Code expands nothing and ${whatHappens(leaf)}. Write \${${name}}.`,
    // Somewhere else the name may go on: `${HOST/mcp`.
    fixes: () => [replace(range, name, end === leaf.value.length)],
  };
}

function replace(range: OffsetRange, inside: string, isSafe: boolean, title?: string): Fix {
  const newText = escapeForString(`\${${inside}}`);
  return { title: title ?? `Write ${newText}`, edits: [{ range, newText }], isSafe };
}

/** Up to where a default may begin: a credential may be in it. */
function shownName(inside: string): string {
  const [name = ''] = /^[\p{L}\p{N}_ .]{0,40}/u.exec(inside) ?? [];
  return shown(maskSecrets(name.length < inside.length ? `${name}…` : name, other));
}

const other = { kind: 'other', key: '' } as const;
