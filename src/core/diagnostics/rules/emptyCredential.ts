import type { StringLeaf } from '../../config/stringLeaves';
import { readCredentialName } from '../../secrets/credentialNames';
import type { PlacedExpression } from './expressionReports';

/** With white space around it. */
const longestScheme = 60;

/**
 * Whether the header in which a reference stands has no credential once the reference is empty:
 * `Bearer ${TOKEN:-}` with a variable that is not set.
 */
export function carriesNoCredential({ leaf, expression }: PlacedExpression<'reference'>): boolean {
  const { slot, value } = leaf;
  const { start, end, defaultValue = '' } = expression;
  const hasMore = value.length - (end - start) > longestScheme;
  if (slot.kind !== 'header' || defaultValue !== '' || hasMore) {
    return false;
  }
  const rest = value.slice(0, start) + value.slice(end);
  const isCredential = isAuthorization(leaf) || readCredentialName(slot.name)?.isVague === false;
  return isCredential && /^[\w-]*$/.test(rest.trim());
}

export function isAuthorization({ slot }: StringLeaf): boolean {
  return slot.kind === 'header' && slot.name.trim().toLowerCase() === 'authorization';
}
