import { parseTree, type ParseError } from 'jsonc-parser';
import { findEntryProblems, transportOfType } from './entryProblems';
import {
  asString,
  findProperty,
  findValue,
  itemsOf,
  pathOf,
  propertiesOf,
  rangeOf,
  type JsonNode,
  type JsonPath,
  type JsonProperty,
} from './json';
import type {
  Argument,
  FileProblem,
  McpConfig,
  McpServer,
  NamedValue,
  Transport,
} from './mcpConfig';
import { places, type Place } from './place';
import { findStringLeaves } from './stringLeaves';
import { describeSyntaxProblem, type SyntaxProblem } from './syntaxProblem';

/** Claude Code reads no configuration file above this size, in bytes. */
export const maxFileBytes = 2 * 1024 * 1024;

/** Keys under which other clients keep their servers, and slips of the right one. */
const otherServersKeys = ['servers', 'mcp_servers', 'McpServers', 'mcpservers', 'context_servers'];

/**
 * Reads a configuration as Claude Code does. Total: any text gives a configuration. A text too
 * large for the client is not parsed; a broken one is read as far as it can be understood, so that
 * a credential in it is still seen, but nothing of it loads.
 */
export function parseMcpConfig(text: string, place: Place = places.project): McpConfig {
  const bytes = byteLength(text);
  if (bytes > maxFileBytes) {
    return { ...tooLargeConfig(bytes, place), text };
  }
  const { root, syntax } = parse(text);
  const found = findServers(root, place);
  const fileProblem = isBlank(text)
    ? undefined
    : syntax
      ? { kind: 'syntax' as const, ...syntax }
      : found.problem;
  const servers = found.servers.map((server) => ({
    ...server,
    loads: fileProblem === undefined && server.problems.length === 0,
  }));
  return { text, place, root, fileProblem, servers };
}

/** The configuration of a file of `bytes` that is too large to be read at all, here as there. */
export function tooLargeConfig(bytes: number, place: Place): McpConfig {
  const fileProblem: FileProblem = { kind: 'too-large', bytes };
  return { text: '', place, root: undefined, fileProblem, servers: [] };
}

/** A byte order mark becomes a space: offsets stay, and the parser need not know of it. */
function parse(text: string): { root: JsonNode | undefined; syntax: SyntaxProblem | undefined } {
  const errors: ParseError[] = [];
  try {
    const root = parseTree(text.replace(/^\uFEFF/, ' '), errors, { disallowComments: true });
    return { root, syntax: describeSyntaxProblem(text, errors) };
  } catch {
    // The parser recurses: a text nested thousands of levels deep exhausts the stack.
    const reason = 'it is nested too deeply to be read';
    return { root: undefined, syntax: { range: { offset: 0, length: 1 }, reason } };
  }
}

/** An empty file configures nothing, and the client says nothing about it. */
function isBlank(text: string): boolean {
  return text.replace(/^\uFEFF/, '').trim() === '';
}

interface FoundServers {
  readonly problem: FileProblem | undefined;
  readonly servers: readonly McpServer[];
}

function findServers(root: JsonNode | undefined, place: Place): FoundServers {
  if (root === undefined) {
    return { problem: undefined, servers: [] };
  }
  if (root.type !== 'object') {
    const problem = { kind: 'not-object', found: root.type, range: rangeOf(root) } as const;
    return { problem, servers: [] };
  }
  const local = place.hasProjects ? findLocalServers(root) : [];
  const wrapper = findProperty(root, 'mcpServers');
  if (wrapper !== undefined) {
    const problem = wrapper.value?.type === 'object' ? undefined : wrapperProblem(wrapper, place);
    return { problem, servers: [...serversOfWrappers(root), ...local] };
  }
  if (place.allowsBareMap) {
    return { problem: undefined, servers: serversIn(root) };
  }
  if (place.serversOptional) {
    return { problem: undefined, servers: local };
  }
  const found = otherServersKeys
    .map((key) => findProperty(root, key))
    .find((property) => property?.value?.type === 'object');
  const nested = findProperty(findValue(root, 'mcp'), 'servers');
  const range = (found ?? nested)?.keyRange ?? { offset: root.offset, length: 1 };
  const problem = { kind: 'servers-missing', range, ...(found && { found }) } as const;
  const other = (found ?? nested)?.value;
  return { problem, servers: other ? serversIn(other) : serversIn(root).filter(isEntry) };
}

/** The client reads the last `mcpServers`; a credential in an earlier one is in the file as well. */
function serversOfWrappers(root: JsonNode): McpServer[] {
  const wrappers = propertiesOf(root).filter(({ key }) => key === 'mcpServers');
  return wrappers.flatMap(({ value }, index) => {
    // A plugin's manifest may have a list of paths and maps.
    const servers = [value, ...itemsOf(value)].flatMap(serversIn);
    return index === wrappers.length - 1 ? servers : servers.map(shadow);
  });
}

/** Somebody later in the file has its name: the client never sees this entry. */
function shadow(server: McpServer): McpServer {
  return { ...server, problems: [{ kind: 'shadowed' }] };
}

/** `mcpServers` of a plugin's manifest may be a path to a file, or a list of paths and maps. */
function wrapperProblem({ value, range }: JsonProperty, place: Place): FileProblem | undefined {
  const isReference = value?.type === 'string' || value?.type === 'array';
  if (place.id === 'pluginManifest' && isReference) {
    return undefined;
  }
  return { kind: 'servers-not-object', found: value?.type ?? 'nothing', range };
}

/** Whether an entry of a file without `mcpServers` was meant to be a server. */
function isEntry({ node }: McpServer): boolean {
  return ['command', 'url', 'type'].some((key) => findProperty(node, key) !== undefined);
}

function findLocalServers(root: JsonNode): McpServer[] {
  return propertiesOf(findValue(root, 'projects')).flatMap(({ key, value }) =>
    serversIn(findValue(value, 'mcpServers')).map((server) => ({ ...server, project: key })),
  );
}

function serversIn(map: JsonNode | undefined): McpServer[] {
  const path = map ? pathOf(map) : [];
  const properties = propertiesOf(map);
  const last = new Map(properties.map((property) => [property.key, property]));
  return properties.map((property) => {
    const server = readServer(property, path);
    return last.get(property.key) === property ? server : shadow(server);
  });
}

function readServer(property: JsonProperty, mapPath: JsonPath): McpServer {
  const { key: name, keyRange: nameRange, range, value: node } = property;
  const path = [...mapPath, name];
  const transport = readTransport(node);
  const field = (key: string) => findValue(node, key);
  return {
    name,
    nameRange,
    range,
    path,
    node,
    transport,
    command: asString(field('command')),
    args: readArguments(field('args')),
    env: readMap(field('env')),
    url: asString(field('url')),
    headers: readMap(field('headers')),
    headersHelper: asString(field('headersHelper')),
    strings: findStringLeaves(node, path, transport),
    problems: findEntryProblems(name, node),
    loads: false,
  };
}

/** The declared transport; where it is missing or unknown, the one that the fields speak for. */
function readTransport(node: JsonNode | undefined): Transport | undefined {
  const declared = asString(findValue(node, 'type'))?.value ?? '';
  if (Object.hasOwn(transportOfType, declared)) {
    return transportOfType[declared];
  }
  if (findValue(node, 'command')) {
    return 'stdio';
  }
  return findValue(node, 'url') ? 'http' : undefined;
}

function readArguments(node: JsonNode | undefined): Argument[] {
  return itemsOf(node).flatMap((item, index) => {
    const string = asString(item);
    return string ? [{ ...string, index }] : [];
  });
}

function readMap(node: JsonNode | undefined): NamedValue[] {
  return propertiesOf(node).flatMap(({ key, keyRange, value }) => {
    const string = asString(value);
    return string ? [{ name: key, nameRange: keyRange, value: string }] : [];
  });
}

/** The size of `text` in UTF-8, counted only as far as the answer matters. */
function byteLength(text: string): number {
  const isSurelySmall = text.length * 3 <= maxFileBytes;
  return isSurelySmall ? text.length : new TextEncoder().encode(text).length;
}
