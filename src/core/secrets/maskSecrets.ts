import { mask } from '../base/mask';
import { applyEdits, rangeBetween } from '../base/range';
import { findSecrets } from './findSecrets';
import type { SecretSlot } from './secretMatch';

/** `text` with each literal credential in it replaced, to be shown. */
export function maskSecrets(text: string, slot: SecretSlot): string {
  const edits = findSecrets(text, slot).map(({ start, end }) => ({
    range: rangeBetween(start, end),
    newText: mask,
  }));
  return applyEdits(text, edits);
}
