import type { Expression } from '../../config/expressions';

/**
 * Whether `${MY-TOKEN}` may be a name with a hyphen as well as a default behind the shell's `-`:
 * both sides look like parts of one name.
 */
export function isPerhapsName({
  name,
  operator,
  operand = '',
}: Extract<Expression, { kind: 'operator' }>): boolean {
  const isUpper = name === name.toUpperCase();
  return (
    operator === '-' &&
    operand.split(/[-_]/).every((word) => isWord(word) && (word === word.toUpperCase()) === isUpper)
  );
}

/** No value, and no credential, looks like that. */
function isWord(text: string): boolean {
  return /^(?:[A-Z]{1,15}|[a-z]{1,15})\d?$/.test(text);
}
