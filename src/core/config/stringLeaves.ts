import type { Transport } from './mcpConfig';
import type { SecretSlot } from '../secrets/secretMatch';
import {
  asString,
  findValue,
  itemsOf,
  propertiesOf,
  type JsonNode,
  type JsonPath,
  type StringValue,
} from './json';

/** One string of a server's entry, with what it means there. */
export interface StringLeaf extends StringValue {
  readonly slot: SecretSlot;
  /** From the top of the file. */
  readonly path: JsonPath;
  /** Claude Code expands `${NAME}` here. */
  readonly expands: boolean;
}

/** Every string value of an entry in the order of the text, whatever its transport. */
export function findStringLeaves(
  entry: JsonNode | undefined,
  path: JsonPath,
  transport: Transport | undefined,
): readonly StringLeaf[] {
  const leaves: StringLeaf[] = [];
  const slotOf = createSlots(entry);
  const visit = (node: JsonNode, inEntry: JsonPath) => {
    if (inEntry.length > maxDepth) {
      return;
    }
    const string = asString(node);
    if (string !== undefined) {
      const expands = isExpanded(inEntry, transport);
      leaves.push({ ...string, slot: slotOf(inEntry), path: [...path, ...inEntry], expands });
    }
    itemsOf(node).forEach((item, index) => visit(item, [...inEntry, index]));
    for (const { key, value } of propertiesOf(node)) {
      if (value !== undefined) {
        visit(value, [...inEntry, key]);
      }
    }
  };
  if (entry?.type === 'object') {
    visit(entry, []);
  }
  return leaves;
}

/** What a path within the entry means; an argument is read beside all others. */
function createSlots(entry: JsonNode | undefined): (path: JsonPath) => SecretSlot {
  const command = asString(findValue(entry, 'command'))?.value;
  const args = itemsOf(findValue(entry, 'args')).map((item) => asString(item)?.value);
  return (path) => {
    const [field, key] = path;
    const name = String(path.at(-1));
    switch (field) {
      case 'headers':
        return { kind: 'header', name };
      case 'env':
        return { kind: 'env', name };
      case 'args':
        return { kind: 'argument', index: Number(key), command, args };
      case 'oauth':
        return { kind: 'oauth', key: name };
      case 'url':
      case 'command':
      case 'headersHelper':
        return path.length === 1 ? { kind: field } : { kind: 'other', key: name };
      default:
        return { kind: 'other', key: name };
    }
  };
}

/** The client reads nothing deeper; an entry nested without end shall not end us. */
const maxDepth = 32;

/** The fields that are expanded: those that the transport reads, but `type`, `oauth`, any key. */
function isExpanded([field, key, ...deeper]: JsonPath, transport: Transport | undefined): boolean {
  const isLocal = transport !== 'http' && transport !== 'sse' && transport !== 'ws';
  const isRemote = transport !== 'stdio';
  switch (field) {
    case 'command':
      return isLocal && key === undefined;
    case 'url':
      return isRemote && key === undefined;
    case 'args':
    case 'env':
      return isLocal && key !== undefined && deeper.length === 0;
    case 'headers':
      return isRemote && key !== undefined && deeper.length === 0;
    default:
      return false;
  }
}
