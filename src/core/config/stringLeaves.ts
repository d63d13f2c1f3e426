import type { SecretSlot } from '../secrets/secretMatch';
import { asString, propertiesOf, type JsonNode, type JsonPath, type StringValue } from './json';
import type { McpServer } from './mcpConfig';

/** One string of a server's entry, with what it means there. */
export interface StringLeaf extends StringValue {
  readonly slot: SecretSlot;
  /** From the top of the file. */
  readonly path: JsonPath;
  /** Claude Code expands `${NAME}` here. */
  readonly expands: boolean;
}

/** Every string value of the entry in the order of the text, whatever its transport. */
export function stringLeaves(server: McpServer): readonly StringLeaf[] {
  return propertiesOf(server.node).flatMap(({ key, value }) =>
    value ? leavesOf(server, value, [key]) : [],
  );
}

function leavesOf(server: McpServer, node: JsonNode, path: JsonPath): readonly StringLeaf[] {
  const string = asString(node);
  if (string !== undefined) {
    const slot = slotOf(server, path);
    return [{ ...string, slot, path: [...server.path, ...path], expands: isExpanded(path) }];
  }
  if (node.type === 'array') {
    return (node.children ?? []).flatMap((item, index) => leavesOf(server, item, [...path, index]));
  }
  return propertiesOf(node).flatMap(({ key, value }) =>
    value ? leavesOf(server, value, [...path, key]) : [],
  );
}

function slotOf(server: McpServer, path: JsonPath): SecretSlot {
  const [field, key] = path;
  const name = String(path.at(-1));
  switch (field) {
    case 'headers':
      return { kind: 'header', name };
    case 'env':
      return { kind: 'env', name };
    case 'args':
      return argumentSlot(server, Number(key));
    case 'oauth':
      return { kind: 'oauth', key: name };
    case 'url':
    case 'command':
    case 'headersHelper':
      return path.length === 1 ? { kind: field } : { kind: 'other', key: name };
    default:
      return { kind: 'other', key: name };
  }
}

function argumentSlot({ args, command }: McpServer, index: number): SecretSlot {
  const all: (string | undefined)[] = [];
  for (const argument of args) {
    all[argument.index] = argument.value;
  }
  return { kind: 'argument', index, command: command?.value, args: all };
}

/** The fields that are expanded: not `type`, `oauth`, `headersHelper`, nor any key. */
function isExpanded([field, key, ...deeper]: JsonPath): boolean {
  switch (field) {
    case 'command':
    case 'url':
      return key === undefined;
    case 'args':
    case 'env':
    case 'headers':
      return key !== undefined && deeper.length === 0;
    default:
      return false;
  }
}
