import { rangeBetween, rangeEnd, type TextEdit } from '../base/range';
import { propertiesOf, type JsonNode, type JsonProperty } from './json';

/** Takes the chosen properties out of `object`, each with one of the commas beside it. */
export function removeProperties(
  object: JsonNode,
  isChosen: (property: JsonProperty) => boolean,
): readonly TextEdit[] {
  const properties = propertiesOf(object);
  const edits: TextEdit[] = [];
  for (let first = 0; first < properties.length; first++) {
    const from = properties[first];
    if (from === undefined || !isChosen(from)) {
      continue;
    }
    let last = first;
    for (let next = properties[last + 1]; next && isChosen(next); next = properties[last + 1]) {
      last++;
    }
    const after = properties[last + 1];
    const before = properties[first - 1];
    const range = after
      ? rangeBetween(from.range.offset, after.range.offset)
      : rangeBetween(
          before ? rangeEnd(before.range) : object.offset + 1,
          properties[last]?.end ?? from.end,
        );
    edits.push({ range, newText: '' });
    first = last;
  }
  return edits;
}

/** Puts `"key": value` behind the last property of `object`. @param value JSON text */
export function appendProperty(
  text: string,
  object: JsonNode,
  key: string,
  value: string,
): TextEdit {
  const properties = propertiesOf(object);
  const [first] = properties;
  const last = properties.at(-1);
  const name = JSON.stringify(key);
  if (first === undefined || last === undefined) {
    return { range: { offset: object.offset + 1, length: 0 }, newText: `${name}: ${value}` };
  }
  const gap = text.slice(object.offset + 1, first.range.offset);
  const colon = first.value ? text.slice(rangeEnd(first.keyRange), first.value.offset) : ': ';
  const separator = gap === '' && colon !== ':' ? ' ' : gap;
  return {
    range: { offset: rangeEnd(last.range), length: 0 },
    newText: `,${separator}${name}${colon}${value}`,
  };
}

/** Gives a property another key; value and place stay. */
export function renameKey({ keyRange }: JsonProperty, key: string): TextEdit {
  return { range: keyRange, newText: JSON.stringify(key) };
}

/** Puts another value in the place of `node`. @param value JSON text */
export function replaceNode({ offset, length }: JsonNode, value: string): TextEdit {
  return { range: { offset, length }, newText: value };
}
