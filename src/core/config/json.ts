import { getNodePath, type Node } from 'jsonc-parser';
import type { OffsetRange } from '../base/range';

/** A node of the syntax tree, with `offset` and `length` in the text it was parsed from. */
export type JsonNode = Node;
export type JsonPath = readonly (string | number)[];

/** One `"key": value` of an object. `value` is absent where the text stops after the key. */
export interface JsonProperty {
  readonly key: string;
  readonly keyRange: OffsetRange;
  readonly value: JsonNode | undefined;
  /** From the first character of the key to the last of the value. */
  readonly range: OffsetRange;
}

/** A decoded string and the range of its literal, quotes included. */
export interface StringValue {
  readonly value: string;
  readonly range: OffsetRange;
}

/** Every property of `object` in the order of the text, duplicates included. */
export function propertiesOf(object: JsonNode | undefined): readonly JsonProperty[] {
  const properties: JsonProperty[] = [];
  for (const node of childrenOf(object, 'object')) {
    const property = toProperty(node);
    if (property !== undefined) {
      properties.push(property);
    }
  }
  return properties;
}

/** The property that counts: of duplicates the last, as for `JSON.parse`. */
export function findProperty(object: JsonNode | undefined, key: string): JsonProperty | undefined {
  const node = childrenOf(object, 'object').findLast(
    ({ children }) => children?.[0]?.value === key,
  );
  return node && toProperty(node);
}

/** The value of the property that counts, where there is one. */
export function findValue(object: JsonNode | undefined, key: string): JsonNode | undefined {
  return findProperty(object, key)?.value;
}

/** The items of a list. */
export function itemsOf(list: JsonNode | undefined): readonly JsonNode[] {
  return childrenOf(list, 'array');
}

function childrenOf(node: JsonNode | undefined, type: 'object' | 'array'): readonly JsonNode[] {
  return node?.type === type ? (node.children ?? []) : [];
}

function toProperty({ offset, length, children }: JsonNode): JsonProperty | undefined {
  const [key, value] = children ?? [];
  return (
    key && { key: String(key.value), keyRange: rangeOf(key), value, range: { offset, length } }
  );
}

export function rangeOf({ offset, length }: JsonNode): OffsetRange {
  return { offset, length };
}

export function pathOf(node: JsonNode): JsonPath {
  return getNodePath(node);
}

export function asString(node: JsonNode | undefined): StringValue | undefined {
  return node?.type === 'string' ? { value: String(node.value), range: rangeOf(node) } : undefined;
}

/**
 * The source range of `start`..`end` of a decoded string. Where the literal has no escapes this is
 * an addition; otherwise each escape is stepped over, once for each literal.
 */
export function rangeInString(
  text: string,
  string: StringValue,
  start: number,
  end: number,
): OffsetRange {
  const first = string.range.offset + 1;
  if (string.value.length === string.range.length - 2) {
    return { offset: first + start, length: end - start };
  }
  const offsets = offsetsIn(text, string);
  const at = (index: number) => offsets[Math.min(index, string.value.length)] ?? first;
  const offset = at(Math.min(start, end));
  return { offset, length: at(end) - offset };
}

const knownOffsets = new WeakMap<OffsetRange, Uint32Array>();

/** Where each decoded character of a literal with escapes stands, its end included. */
function offsetsIn(text: string, { value, range }: StringValue): Uint32Array {
  const known = knownOffsets.get(range);
  if (known !== undefined) {
    return known;
  }
  const offsets = new Uint32Array(value.length + 1);
  let source = range.offset + 1;
  for (let decoded = 0; decoded < value.length; decoded++) {
    offsets[decoded] = source;
    source += escapeLength(text, source);
  }
  offsets[value.length] = source;
  knownOffsets.set(range, offsets);
  return offsets;
}

/** How many characters of the source stand for one decoded UTF-16 unit. @see RFC 8259 §7 */
function escapeLength(text: string, offset: number): number {
  if (text[offset] !== '\\') {
    return 1;
  }
  return text[offset + 1] === 'u' ? 6 : 2;
}

/** `value` as the inside of a JSON string literal, without the quotes. */
export function escapeForString(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}
