import { findForeignReferences } from './variables';

/** One `${…}` of a value and what it is to Claude Code, which expands the first kind alone. */
export type Expression = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'reference'; readonly name: string; readonly defaultValue?: string }
  /** `${FOO:?text}`: a shell would know what to do. */
  | {
      readonly kind: 'operator';
      readonly name: string;
      readonly operator: string;
      /** What follows the operator; `undefined` where another `${` begins in it. */
      readonly operand: string | undefined;
    }
  /** No name of a variable stands between the braces. */
  | { readonly kind: 'misnamed'; readonly inside: string }
  /** No `}` follows: `end` is behind the name. */
  | { readonly kind: 'unclosed'; readonly name: string }
  /** `${user_config.KEY}`, a setting of a plugin. */
  | { readonly kind: 'user-config' }
  /** Another program's way to write it. @see findForeignReferences */
  | { readonly kind: 'foreign' }
);

/**
 * Each `${` of `value`, in order. Claude Code knows neither an escape nor nesting: a reference ends
 * at the first `}`.
 */
export function findExpressions(value: string): readonly Expression[] {
  const found: Expression[] = [];
  const last = value.lastIndexOf('}');
  let close = -1;
  for (let start = value.indexOf('${'); start !== -1;) {
    if (start > last) {
      // Whatever opens behind the last brace stays open; one is enough.
      return [...found, ...readUnclosed(value, start)];
    }
    close = close > start ? close : value.indexOf('}', start);
    const expression = readClosed(value, start, close);
    if (expression !== undefined) {
      found.push(expression);
    }
    start = value.indexOf('${', expression?.end ?? start + 2);
  }
  return found;
}

function readUnclosed(value: string, start: number): readonly Expression[] {
  const [whole, name = ''] = /^\$\{([A-Za-z_]\w{0,99})/.exec(value.slice(start, start + 102)) ?? [];
  return whole === undefined ? [] : [{ kind: 'unclosed', name, start, end: start + whole.length }];
}

/** The names of other programs' variables that look like one of the environment. */
const foreignNames = new Set(['workspaceFolder', 'workspaceRoot', 'cwd', 'userHome']);

/** What is longer between braces is code, not a slip. */
const maxInside = 100;

function readClosed(value: string, start: number, close: number): Expression | undefined {
  const inside = value.slice(start + 2, close);
  const end = close + 1;
  const [reference, name = '', defaultValue] =
    /^([A-Za-z_][A-Za-z0-9_]*)(?::-([^]*))?$/.exec(inside) ?? [];
  if (reference !== undefined) {
    return foreignNames.has(name) && defaultValue === undefined
      ? { kind: 'foreign', start, end }
      : {
          kind: 'reference',
          name,
          start,
          end,
          ...(defaultValue !== undefined && { defaultValue }),
        };
  }
  const inner = inside.indexOf('${');
  const own = inner === -1 ? inside : inside.slice(0, inner);
  if (own.length > maxInside) {
    return undefined;
  }
  return readOther(own, start, inner === -1 ? end : start + 2 + inner, inner === -1);
}

function readOther(inside: string, start: number, end: number, isWhole: boolean): Expression {
  if (inside.startsWith('user_config.')) {
    return { kind: 'user-config', start, end };
  }
  const isForeign = isWhole && findForeignReferences(`\${${inside}}`).length > 0;
  if (isForeign || inside.startsWith('{')) {
    return { kind: 'foreign', start, end };
  }
  const length = /^[#!](?=[A-Za-z_]\w*$)/.exec(inside)?.[0];
  if (length !== undefined) {
    return { kind: 'operator', name: inside.slice(1), operator: length, operand: '', start, end };
  }
  const [whole = '', name = '', operator] = withOperator.exec(inside) ?? [];
  if (operator === undefined) {
    return { kind: 'misnamed', inside, start, end };
  }
  const operand = isWhole ? inside.slice(whole.length) : undefined;
  return { kind: 'operator', name, operator, operand, start, end };
}

/** @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_06_02 */
const withOperator =
  /^([A-Za-z_]\w*)(:?[-=?+]|%%?|##?|\^\^?|,,?|:(?=\s?-?\d)|\/\/?(?=[^/]*\/)|@(?=[A-Za-z]$))/;
