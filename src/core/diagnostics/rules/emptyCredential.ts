import type { StringLeaf } from '../../config/stringLeaves';
import { readCredentialName } from '../../secrets/credentialNames';
import type { PlacedExpression } from './expressionReports';

/**
 * Whether the header in which a reference stands has no credential once the reference is empty:
 * `Bearer ${TOKEN:-}` with a variable that is not set.
 */
export function carriesNoCredential({ leaf, expression }: PlacedExpression<'reference'>): boolean {
  const { slot, value } = leaf;
  if (slot.kind !== 'header' || (expression.defaultValue ?? '') !== '') {
    return false;
  }
  const rest = value.slice(0, expression.start) + value.slice(expression.end);
  const isCredential = isAuthorization(leaf) || readCredentialName(slot.name)?.isVague === false;
  return isCredential && /^\s*[\w-]*\s*$/.test(rest);
}

export function isAuthorization({ slot }: StringLeaf): boolean {
  return slot.kind === 'header' && slot.name.trim().toLowerCase() === 'authorization';
}
