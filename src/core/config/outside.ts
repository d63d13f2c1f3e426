import {
  findValue,
  itemsOf,
  propertiesOf,
  type JsonNode,
  type JsonPath,
  type JsonProperty,
} from './json';
import type { McpConfig } from './mcpConfig';
import { findStringLeaves, strayLeaf, type StringLeaf } from './stringLeaves';

/** What stands in a file and in none of its servers: Claude Code makes no use of it. */
export interface Outside {
  /** What looks like a server all the same, wherever it is. */
  readonly entries: readonly OutsideEntry[];
  /** Every other string. */
  readonly strings: readonly StringLeaf[];
}

export interface OutsideEntry {
  readonly node: JsonNode;
  readonly path: JsonPath;
  readonly strings: readonly StringLeaf[];
}

const nothing: Outside = { entries: [], strings: [] };
const known = new WeakMap<McpConfig, Outside>();

/**
 * In the order of the text; found once. Of `~/.claude.json`, which holds much besides, nothing.
 */
export function findOutside(config: McpConfig): Outside {
  const found = known.get(config) ?? findAll(config);
  known.set(config, found);
  return found;
}

function findAll({ root, servers, place }: McpConfig): Outside {
  const isWhole = servers.every(({ node }) => node?.type === 'object');
  const hasOthers =
    root?.type !== 'object' || propertiesOf(root).some((property) => !isMap(property));
  if (root === undefined || place.hasProjects || (isWhole && !hasOthers)) {
    return nothing;
  }
  const inServers = new Set(servers.map(({ node }) => node));
  const entries: OutsideEntry[] = [];
  const strings: StringLeaf[] = [];
  // The manifest of a plugin has other objects with a command or an address.
  const isEntry = (node: JsonNode) => !place.serversOptional && looksLikeServer(node, inServers);
  const add = (node: JsonNode, path: JsonPath) =>
    entries.push({ node, path, strings: findStringLeaves(node, path, undefined, false) });
  const visit = (node: JsonNode, parents: JsonPath, key: string | number): void => {
    if (typeof node.value === 'string') {
      strings.push(strayLeaf(node.value, node, parents, key));
    } else if (!(node.type === 'object' && inServers.has(node))) {
      const path = [...parents, key];
      if (isEntry(node)) {
        add(node, path);
      } else {
        descend(node, path);
      }
    }
  };
  const descend = (node: JsonNode, path: JsonPath): void => {
    if (path.length < maxDepth) {
      itemsOf(node).forEach((item, index) => visit(item, path, index));
      for (const { key, value } of propertiesOf(node)) {
        if (value !== undefined) {
          visit(value, path, key);
        }
      }
    }
  };
  // Somebody wrote one server and nothing around it.
  if (servers.length === 0 && isEntry(root)) {
    add(root, []);
  } else {
    descend(root, []);
  }
  return { entries, strings };
}

/** A file nested without end shall not end us. */
const maxDepth = 32;

/** All that is in it are servers. */
function isMap({ key, value }: JsonProperty): boolean {
  return key === 'mcpServers' && value?.type === 'object';
}

/** It has a command or an address, and is no map with a server of that name. */
function looksLikeServer(node: JsonNode, inServers: ReadonlySet<JsonNode | undefined>): boolean {
  return ['command', 'url'].some((field) => {
    const value = findValue(node, field);
    return value?.type === 'string' && !inServers.has(value);
  });
}
