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
    private readonly entry: Entry,
    private readonly field: string,
    private readonly parents: JsonPath,
    private readonly key: string | number,
  ) {
    this.expands = entry.isRead && isExpanded(field, entry.transport, parents.length - entry.depth);
  }

  get range(): OffsetRange {
    return rangeOf(this.node);
  }

  /** From the top of the file. */
  get path(): JsonPath {
    return [...this.parents, this.key];
  }

  get slot(): SecretSlot {
    return slotOf(this.entry, this.field, this.parents, this.key);
  }
}

/** What its strings have in common. */
interface Entry {
  /** `undefined` for a string that stands in none. */
  readonly node: JsonNode | undefined;
  readonly isRead: boolean;
  readonly transport: Transport | undefined;
  /** The length of its path. */
  readonly depth: number;
}

/**
 * Every string value of an entry in the order of the text, whatever its transport.
 * @param isRead whether the entry stands where the client looks
 */
export function findStringLeaves(
  node: JsonNode | undefined,
  path: JsonPath,
  transport: Transport | undefined,
  isRead = true,
): readonly StringLeaf[] {
  const leaves: StringLeaf[] = [];
  const entry = { node, isRead, transport, depth: path.length };
  for (const { key, value } of propertiesOf(node)) {
    if (value !== undefined) {
      collect(leaves, entry, key, value, path, key);
    }
  }
  return leaves;
}

const noEntry: Entry = { node: undefined, isRead: false, transport: undefined, depth: 0 };

/** A string that stands in no entry: its name is that of the nearest key. */
export function strayLeaf(
  value: string,
  node: JsonNode,
  parents: JsonPath,
  key: string | number,
): StringLeaf {
  return new StringLeaf(value, node, noEntry, '', parents, key);
}

/** The client reads nothing deeper; an entry nested without end shall not end us. */
const maxDepth = 32;

function collect(
  leaves: StringLeaf[],
  entry: Entry,
  field: string,
  node: JsonNode,
  parents: JsonPath,
  key: string | number,
): void {
  if (parents.length >= entry.depth + maxDepth) {
    return;
  }
  if (typeof node.value === 'string') {
    leaves.push(new StringLeaf(node.value, node, entry, field, parents, key));
  } else if (node.properties !== undefined || node.items !== undefined) {
    const path = [...parents, key];
    itemsOf(node).forEach((item, index) => collect(leaves, entry, field, item, path, index));
    for (const { key, value } of propertiesOf(node)) {
      if (value !== undefined) {
        collect(leaves, entry, field, value, path, key);
      }
    }
  }
}

/** Fields that are one string. */
const whole = {
  url: { kind: 'url' },
  command: { kind: 'command' },
  headersHelper: { kind: 'headersHelper' },
} as const;

/** What a string means; an argument is read beside all others. */
function slotOf(
  { node, depth }: Entry,
  field: string,
  parents: JsonPath,
  last: string | number,
): SecretSlot {
  if (field === 'args') {
    return argumentSlot(node, depth, parents, last);
  }
  const name = nameOf(node, depth, parents, last);
  switch (field) {
    case 'headers':
      return { kind: 'header', name };
    case 'env':
      return { kind: 'env', name };
    case 'oauth':
      return { kind: 'oauth', key: name };
    case 'url':
    case 'command':
    case 'headersHelper':
      return parents.length === depth ? whole[field] : { kind: 'other', key: name };
    default:
      return { kind: 'other', key: node === undefined ? nearestKey([...parents, last]) : name };
  }
}

function nearestKey(path: JsonPath): string {
  return path.findLast((step) => typeof step === 'string') ?? '';
}

/** A list is what the client reads; people write one string as well, or an object. */
function argumentSlot(
  node: JsonNode | undefined,
  depth: number,
  parents: JsonPath,
  last: string | number,
): SecretSlot {
  const index = parents[depth + 1] ?? last;
  if (typeof index === 'number') {
    const command = asString(findValue(node, 'command'))?.value;
    return { kind: 'argument', index, command, args: argumentsOf(node) };
  }
  return parents.length === depth
    ? { kind: 'argument', index: -1, command: undefined, args: [] }
    : { kind: 'other', key: nameOf(node, depth, parents, last) };
}

/**
 * The nearest key that tells what a string is: of a list that of the list, of `{ "value": … }` the
 * key before it, of `{ "name": …, "value": … }` in a list the name in it.
 */
function nameOf(
  entry: JsonNode | undefined,
  depth: number,
  parents: JsonPath,
  last: string | number,
): string {
  // The usual case, without a list made for it.
  if (typeof last === 'string' && last !== 'value') {
    return last;
  }
  if (last === 'value' && typeof parents.at(-1) === 'number') {
    const pair = nodeAt(entry, parents.slice(depth));
    return asString(findValue(pair, 'name') ?? findValue(pair, 'key'))?.value ?? last;
  }
  const keys = [...parents.slice(depth), last].filter(isKey);
  const nearest = keys.at(-1) ?? String(last);
  return nearest === 'value' && keys.length > 2 ? (keys.at(-2) ?? nearest) : nearest;
}

function isKey(step: string | number): step is string {
  return typeof step === 'string';
}

function nodeAt(node: JsonNode | undefined, path: JsonPath): JsonNode | undefined {
  return path.reduce<JsonNode | undefined>(
    (at, step) => (typeof step === 'number' ? at && itemsOf(at)[step] : findValue(at, step)),
    node,
  );
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
function isExpanded(field: string, transport: Transport | undefined, below: number): boolean {
  const isLocal = transport !== 'http' && transport !== 'sse' && transport !== 'ws';
  const isRemote = transport !== 'stdio';
  switch (field) {
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
