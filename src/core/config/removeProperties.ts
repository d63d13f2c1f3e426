import { rangeBetween, rangeEnd, type TextEdit } from '../base/range';
import { propertiesOf, type JsonNode } from './json';

/**
 * Takes properties out of `object`, each with the comma that belongs to it. What stands before and
 * behind is joined as its author wrote it; neighbours that leave together are one edit.
 */
export function removeProperties(object: JsonNode, keys: ReadonlySet<string>): readonly TextEdit[] {
  const properties = propertiesOf(object);
  const edits: TextEdit[] = [];
  for (let first = 0; first < properties.length; first++) {
    let next = first;
    while (keys.has(properties[next]?.key ?? '') && next < properties.length) {
      next++;
    }
    if (next === first) {
      continue;
    }
    const before = properties[first - 1];
    const behind = properties[next];
    const start = before ? rangeEnd(before.range) : properties[first]?.range.offset;
    const last = properties[next - 1];
    const end = before || !behind ? last && rangeEnd(last.range) : behind.range.offset;
    if (start !== undefined && end !== undefined) {
      edits.push({ range: rangeBetween(start, end), newText: '' });
    }
    first = next;
  }
  return edits;
}
