import { rangeBetween, rangeEnd, type TextEdit } from '../base/range';
import { propertiesOf, type JsonNode, type JsonProperty } from './json';

/**
 * Edits that look as if the author had typed them: they repeat the white space, the colon and the
 * line ends that stand beside the place, and touch nothing else.
 */

/** Puts `"key": value` before the first property of `object`. @param value JSON text */
export function insertFirstProperty(
  text: string,
  object: JsonNode,
  key: string,
  value: string,
): TextEdit {
  const [first] = propertiesOf(object);
  const inside = object.offset + 1;
  const name = JSON.stringify(key);
  if (first === undefined) {
    return { range: { offset: inside, length: 0 }, newText: `${name}: ${value}` };
  }
  const gap = text.slice(inside, first.range.offset);
  const colon = first.value ? text.slice(rangeEnd(first.keyRange), first.value.offset) : ': ';
  const separator = gap === '' && colon === ':' ? '' : gap === '' ? ' ' : gap;
  return {
    range: { offset: first.range.offset, length: 0 },
    newText: `${name}${colon}${value},${separator}`,
  };
}

/** Puts everything inside `object` under one new property `key`, one level deeper. */
export function wrapProperties(text: string, object: JsonNode, key: string): readonly TextEdit[] {
  const start = object.offset + 1;
  const end = object.offset + object.length - 1;
  const inner = text.slice(start, end);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const unit = /\n([ \t]+)\S/.exec(inner)?.[1];
  const name = JSON.stringify(key);
  if (unit === undefined) {
    return [
      { range: { offset: start, length: 0 }, newText: ` ${name}: {` },
      { range: { offset: end, length: 0 }, newText: '} ' },
    ];
  }
  const lineStarts = Array.from(
    inner.matchAll(/\n(?=[ \t]*\S)/g),
    ({ index }) => start + index + 1,
  );
  const isClosedOnOwnLine = /\n[ \t]*$/.test(inner);
  return [
    { range: { offset: start, length: 0 }, newText: `${eol}${unit}${name}: {` },
    ...lineStarts.map((offset) => ({ range: { offset, length: 0 }, newText: unit })),
    {
      range: { offset: end, length: 0 },
      newText: isClosedOnOwnLine ? `${unit}}${eol}` : `${eol}${unit}}${eol}`,
    },
  ];
}

/** Puts the value of `inner`, a property within `outer`, in the place of `outer` under `key`. */
export function liftProperty(
  text: string,
  outer: JsonProperty,
  inner: JsonProperty,
  key: string,
): readonly TextEdit[] {
  const { value } = inner;
  if (value === undefined) {
    return [];
  }
  const end = rangeEnd(value);
  const depth = indentOf(text, inner).length - indentOf(text, outer).length;
  const lines = Array.from(text.slice(value.offset, end).matchAll(/\n([ \t]*)/g));
  return [
    { range: rangeBetween(outer.keyRange.offset, inner.keyRange.offset), newText: '' },
    { range: inner.keyRange, newText: JSON.stringify(key) },
    ...lines
      .filter(([, indent = '']) => depth > 0 && indent.length >= depth)
      .map(({ index }) => ({
        range: { offset: value.offset + index + 1, length: depth },
        newText: '',
      })),
    { range: rangeBetween(end, outer.end), newText: '' },
  ];
}

/** The white space before a property that begins its line. */
function indentOf(text: string, { keyRange }: JsonProperty): string {
  const line = text.lastIndexOf('\n', keyRange.offset) + 1;
  const before = text.slice(line, keyRange.offset);
  return line > 0 && before.trim() === '' ? before : '';
}
