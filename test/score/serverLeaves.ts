import { parseTree, type Node } from 'jsonc-parser';
import type { SecretSlot } from '../../src/core/secrets/secretMatch';

/** A string of a server entry in a file of any client, and its place as `$.mcpServers.a.args[0]`. */
export interface ServerLeaf {
  readonly jsonPath: string;
  readonly value: string;
  readonly slot: SecretSlot;
}

type Visit = (node: Node, path: string) => void;

/** Every string inside what looks like a server entry, wherever it stands in the file. */
export function serverLeaves(text: string): readonly ServerLeaf[] {
  const leaves: ServerLeaf[] = [];
  const root = parseTree(text.replace(/^\uFEFF/, ''), [], { allowTrailingComma: true });
  if (root !== undefined) {
    findEntries(root, '$', (entry, path) => readEntry(entry, path, leaves));
  }
  return leaves;
}

const serverMaps = /\.(?:mcp_?servers|context_servers|servers)$/i;
const entryFields = ['command', 'args', 'env', 'url', 'serverUrl', 'httpUrl', 'baseUrl', 'headers'];

function isEntry(node: Node): boolean {
  return node.type === 'object' && entryFields.some((field) => valueOf(node, field) !== undefined);
}

function findEntries(node: Node, path: string, onEntry: Visit, isInMap = false): void {
  if (isEntry(node) || (isInMap && node.type === 'object')) {
    onEntry(node, path);
    return;
  }
  eachChild(node, path, (child, childPath) => {
    findEntries(child, childPath, onEntry, serverMaps.test(path));
  });
}

function readEntry(entry: Node, path: string, leaves: ServerLeaf[]): void {
  eachChild(entry, path, (child, childPath, field) => {
    readField(entry, child, childPath, [field], leaves);
  });
}

function readField(
  entry: Node,
  node: Node,
  jsonPath: string,
  path: readonly (string | number)[],
  leaves: ServerLeaf[],
): void {
  if (node.type === 'string') {
    leaves.push({ jsonPath, value: String(node.value), slot: slotOf(entry, path) });
  } else if (path.length === 1 && isEntry(node)) {
    readEntry(node, jsonPath, leaves);
  } else {
    eachChild(node, jsonPath, (child, childPath, key) => {
      readField(entry, child, childPath, [...path, key], leaves);
    });
  }
}

function slotOf(entry: Node, path: readonly (string | number)[]): SecretSlot {
  const [field, key] = path;
  const name = String(path.findLast((part) => typeof part === 'string'));
  switch (field) {
    case 'headers':
    case 'env':
      return { kind: field === 'env' ? 'env' : 'header', name };
    case 'args':
      return argumentSlot(entry, Number(key));
    case 'oauth':
      return { kind: 'oauth', key: name };
    case 'url':
    case 'serverUrl':
    case 'httpUrl':
    case 'baseUrl':
      return { kind: 'url' };
    case 'command':
    case 'headersHelper':
      return { kind: field };
    default:
      return { kind: 'other', key: name };
  }
}

function argumentSlot(entry: Node, index: number): SecretSlot {
  const stringOf = (node: Node | undefined) =>
    node?.type === 'string' ? String(node.value) : undefined;
  const args = valueOf(entry, 'args')?.children?.map(stringOf) ?? [];
  return { kind: 'argument', index, command: stringOf(valueOf(entry, 'command')), args };
}

function valueOf(object: Node, key: string): Node | undefined {
  return object.children?.findLast(({ children }) => children?.[0]?.value === key)?.children?.[1];
}

function eachChild(
  node: Node,
  path: string,
  visit: (child: Node, path: string, key: string | number) => void,
): void {
  node.children?.forEach((child, index) => {
    const [key, value] = child.type === 'property' ? (child.children ?? []) : [undefined, child];
    if (value !== undefined) {
      const step = key === undefined ? index : String(key.value);
      visit(value, path + stepOf(step), step);
    }
  });
}

function stepOf(step: string | number): string {
  if (typeof step === 'number') {
    return `[${step}]`;
  }
  return /^[A-Za-z_$][\w$]*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}
