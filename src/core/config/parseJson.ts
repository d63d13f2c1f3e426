import { visit, type ParseError } from 'jsonc-parser';
import { JsonProperty, type JsonNode } from './json';

/** An object or a list that is still open: its length is not known yet. */
type Container = { -readonly [Key in keyof JsonNode]: JsonNode[Key] } & {
  readonly properties?: JsonProperty[];
  readonly items?: JsonNode[];
};

/** The tree of a text, as far as it can be understood, and everything that is wrong with it. */
export interface ParsedJson {
  readonly root: JsonNode | undefined;
  readonly errors: readonly ParseError[];
}

/**
 * Reads strict JSON without stopping at a mistake: an object that is cut off ends with the text.
 * @throws RangeError where the nesting exhausts the stack
 * @see RFC 8259
 */
export function parseJson(text: string): ParsedJson {
  const errors: ParseError[] = [];
  const containers: Container[] = [];
  let root: JsonNode | undefined;
  let container: Container | undefined;
  /** The property of `container` whose value is awaited. */
  let property: JsonProperty | undefined;

  const add = (node: JsonNode) => {
    if (container === undefined) {
      root ??= node;
    } else if (container.items !== undefined) {
      container.items.push(node);
    } else if (property !== undefined) {
      property.value = node;
    }
  };
  const open = (node: Container) => {
    add(node);
    containers.push(node);
    container = node;
    property = undefined;
  };
  const complete = (end: number) => {
    if (property !== undefined) {
      property.end = end;
      property = undefined;
    }
  };
  const close = (end: number) => {
    complete(end);
    const closed = containers.pop();
    if (closed !== undefined) {
      closed.length = end - closed.offset;
    }
    container = containers.at(-1);
    property = container?.properties?.at(-1);
    complete(end);
  };
  visit(
    text,
    {
      onObjectBegin: (offset) => open({ type: 'object', offset, length: 0, properties: [] }),
      onArrayBegin: (offset) => open({ type: 'array', offset, length: 0, items: [] }),
      onObjectEnd: (offset, length) => close(offset + length),
      onArrayEnd: (offset, length) => close(offset + length),
      onObjectProperty: (key, offset, length) => {
        property = new JsonProperty(key, { offset, length });
        container?.properties?.push(property);
      },
      onLiteralValue: (value: unknown, offset, length) => {
        add({ type: typeOf(value), offset, length, value });
        complete(offset + length);
      },
      onSeparator: (character, offset) => {
        if (character === ',') {
          complete(offset);
        }
      },
      onError: (error, offset, length) => {
        errors.push({ error, offset, length });
      },
    },
    { disallowComments: true },
  );
  return { root, errors };
}

function typeOf(value: unknown): JsonNode['type'] {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    default:
      return 'null';
  }
}
