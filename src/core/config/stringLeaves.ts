import type { OffsetRange } from '../base/range';
import type { SecretSlot } from '../secrets/secretMatch';
import {
  asString,
  findValue,
  itemsOf,
  propertiesOf,
  rangeOf,
  type JsonNode,
  type JsonPath,
  type StringValue,
} from './json';
import type { Transport } from './mcpConfig';

/**
 * One string of a server's entry, with what it means there. What is seldom asked for is computed
 * then: a large file has tens of thousands of these.
 */
export class StringLeaf implements StringValue {
  /** Claude Code expands `${NAME}` here. */
  readonly expands: boolean;

  constructor(
    readonly value: string,
    private readonly node: JsonNode,
    private readonly field: Field,
    private readonly parents: JsonPath,
    private readonly key: string | number,
  ) {
    this.expands = isExpanded(field, parents.length + 1 - field.depth);
  }

  get range(): OffsetRange {
    return rangeOf(this.node);
  }

  /** From the top of the file. */
  get path(): JsonPath {
    return [...this.parents, this.key];
  }

  get slot(): SecretSlot {
    return slotOf(this.field, this.parents, this.key);
  }
}

/** Every string value of an entry in the order of the text, whatever its transport. */
export function findStringLeaves(
  entry: JsonNode | undefined,
  path: JsonPath,
  transport: Transport | undefined,
): readonly StringLeaf[] {
  const leaves: StringLeaf[] = [];
  for (const { key, value } of propertiesOf(entry)) {
    if (value !== undefined) {
      const field = { entry, key, depth: path.length + 1, transport };
      collect(leaves, field, value, path, key);
    }
  }
  return leaves;
}

/** A field of the entry, within which strings are looked for. */
interface Field {
  readonly entry: JsonNode | undefined;
  readonly key: string;
  /** The length of its path. */
  readonly depth: number;
  readonly transport: Transport | undefined;
}

/** The client reads nothing deeper; an entry nested without end shall not end us. */
const maxDepth = 32;

function collect(
  leaves: StringLeaf[],
  field: Field,
  node: JsonNode,
  parents: JsonPath,
  key: string | number,
): void {
  if (parents.length + 1 >= field.depth + maxDepth) {
    return;
  }
  if (typeof node.value === 'string') {
    leaves.push(new StringLeaf(node.value, node, field, parents, key));
  } else if (node.properties !== undefined || node.items !== undefined) {
    const path = [...parents, key];
    itemsOf(node).forEach((item, index) => collect(leaves, field, item, path, index));
    for (const { key, value } of propertiesOf(node)) {
      if (value !== undefined) {
        collect(leaves, field, value, path, key);
      }
    }
  }
}

/** What a string means; an argument is read beside all others. */
function slotOf(
  { entry, key, depth }: Field,
  parents: JsonPath,
  last: string | number,
): SecretSlot {
  const name = String(last);
  switch (key) {
    case 'headers':
      return { kind: 'header', name };
    case 'env':
      return { kind: 'env', name };
    case 'args':
      return {
        kind: 'argument',
        index: Number(parents[depth] ?? last),
        command: asString(findValue(entry, 'command'))?.value,
        args: argumentsOf(entry),
      };
    case 'oauth':
      return { kind: 'oauth', key: name };
    case 'url':
    case 'command':
    case 'headersHelper':
      return parents.length < depth ? { kind: key } : { kind: 'other', key: name };
    default:
      return { kind: 'other', key: name };
  }
}

const knownArguments = new WeakMap<JsonNode, readonly (string | undefined)[]>();

/** All arguments, shared by the slots of each: `undefined` where an item is not a string. */
function argumentsOf(entry: JsonNode | undefined): readonly (string | undefined)[] {
  const list = findValue(entry, 'args');
  if (list === undefined) {
    return [];
  }
  const args =
    knownArguments.get(list) ??
    itemsOf(list).map(({ value }) => (typeof value === 'string' ? value : undefined));
  knownArguments.set(list, args);
  return args;
}

/**
 * The fields that are expanded: those that the transport reads, but `type`, `oauth`, any key.
 * @param below how many steps the string stands below its field
 */
function isExpanded({ key, transport }: Field, below: number): boolean {
  const isLocal = transport !== 'http' && transport !== 'sse' && transport !== 'ws';
  const isRemote = transport !== 'stdio';
  switch (key) {
    case 'command':
      return isLocal && below === 0;
    case 'url':
      return isRemote && below === 0;
    case 'args':
    case 'env':
      return isLocal && below === 1;
    case 'headers':
      return isRemote && below === 1;
    default:
      return false;
  }
}
