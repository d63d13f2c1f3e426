import { rangeBetween, rangeEnd, type OffsetRange } from '../base/range';

/** A value in the text, with `offset` and `length` of its source. */
export interface JsonNode extends OffsetRange {
  readonly type: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';
  /** Of what is neither object nor list. */
  readonly value?: unknown;
  /** Of an object, in the order of the text, duplicates included. */
  readonly properties?: readonly JsonProperty[];
  /** Of a list. */
  readonly items?: readonly JsonNode[];
}

export type JsonPath = readonly (string | number)[];

/** One `"key": value` of an object. */
export class JsonProperty {
  /** Absent where the text stops after the key. */
  value: JsonNode | undefined = undefined;
  /** Where the value ends. */
  end: number;

  constructor(
    readonly key: string,
    readonly keyRange: OffsetRange,
  ) {
    this.end = rangeEnd(keyRange);
  }

  /** From the first character of the key to the last of the value. */
  get range(): OffsetRange {
    return rangeBetween(this.keyRange.offset, this.end);
  }
}

/** A decoded string and the range of its literal, quotes included. */
export interface StringValue {
  readonly value: string;
  readonly range: OffsetRange;
}

const nothing: readonly never[] = [];

/** Every property of `object` in the order of the text, duplicates included. */
export function propertiesOf(object: JsonNode | undefined): readonly JsonProperty[] {
  return object?.properties ?? nothing;
}

/** The property that counts: of duplicates the last, as for `JSON.parse`. */
export function findProperty(object: JsonNode | undefined, key: string): JsonProperty | undefined {
  const properties = propertiesOf(object);
  for (let index = properties.length - 1; index >= 0; index--) {
    const property = properties[index];
    if (property?.key === key) {
      return property;
    }
  }
  return undefined;
}

/** The value of the property that counts, where there is one. */
export function findValue(object: JsonNode | undefined, key: string): JsonNode | undefined {
  return findProperty(object, key)?.value;
}

/** The items of a list. */
export function itemsOf(list: JsonNode | undefined): readonly JsonNode[] {
  return list?.items ?? nothing;
}

export function rangeOf({ offset, length }: JsonNode): OffsetRange {
  return { offset, length };
}

export function asString(node: JsonNode | undefined): StringValue | undefined {
  return typeof node?.value === 'string' ? { value: node.value, range: rangeOf(node) } : undefined;
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

const knownOffsets = new WeakMap<StringValue, Uint32Array>();

/** Where each decoded character of a literal with escapes stands, its end included. */
function offsetsIn(text: string, string: StringValue): Uint32Array {
  const { value, range } = string;
  const known = knownOffsets.get(string);
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
  knownOffsets.set(string, offsets);
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
