import { transportOf } from './dialects/transports';
import { findEntryProblems } from './entryProblems';
import {
  asString,
  findProperty,
  findValue,
  itemsOf,
  propertiesOf,
  rangeOf,
  type JsonNode,
  type JsonPath,
  type JsonProperty,
} from './json';
import { likelyTransports, otherAddressKeys, transportOfWord } from './likelyTransports';
import {
  Argument,
  NamedValue,
  type FileProblem,
  type McpConfig,
  type McpServer,
  type Transport,
} from './mcpConfig';
import { parseJson } from './parseJson';
import { places, type Place } from './place';
import { findStringLeaves } from './stringLeaves';
import { describeSyntaxProblem, strictJsonEdits, type SyntaxProblem } from './syntaxProblem';

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
  if (isBlank(text)) {
    return { text, place, root, fileProblem: undefined, servers: [] };
  }
  const wrapperProblem = findWrapperProblem(root, place);
  const fileProblem = syntax ? { kind: 'syntax' as const, ...syntax } : wrapperProblem;
  const isRepairable = syntax !== undefined && strictJsonEdits(text) !== undefined;
  const servers = findServers(root, place, place.isRead && fileProblem === undefined);
  return {
    text,
    place,
    root,
    fileProblem,
    ...(isRepairable && wrapperProblem && { nextProblem: wrapperProblem }),
    servers,
  };
}

/** The configuration of a file of `bytes` that is too large to be read at all, here as there. */
export function tooLargeConfig(bytes: number, place: Place): McpConfig {
  const fileProblem: FileProblem = { kind: 'too-large', bytes };
  return { text: '', place, root: undefined, fileProblem, servers: [] };
}

/** A byte order mark becomes a space: offsets stay, and the parser need not know of it. */
function parse(text: string): { root: JsonNode | undefined; syntax: SyntaxProblem | undefined } {
  try {
    const { root, errors } = parseJson(text.replace(/^\uFEFF/, ' '));
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

/** Why nothing in a file of good JSON loads. */
function findWrapperProblem(root: JsonNode | undefined, place: Place): FileProblem | undefined {
  if (root === undefined) {
    return undefined;
  }
  if (root.type !== 'object') {
    return { kind: 'not-object', found: root.type, range: rangeOf(root) };
  }
  const wrapper = findProperty(root, 'mcpServers');
  if (wrapper !== undefined) {
    return isWrapper(wrapper, place)
      ? undefined
      : {
          kind: 'servers-not-object',
          found: wrapper.value?.type ?? 'nothing',
          range: wrapper.range,
        };
  }
  if (place.allowsBareMap || place.serversOptional) {
    return undefined;
  }
  const { found, nested } = findOtherWrapper(root);
  const range = (found ?? nested?.inner)?.keyRange ?? { offset: root.offset, length: 1 };
  const stands = found ? { found } : nested && { found: nested.inner, outer: nested.outer };
  return { kind: 'servers-missing', range, ...stands };
}

/** `mcpServers` of a plugin's manifest may be a path to a file, or a list of paths and maps. */
function isWrapper({ value }: JsonProperty, place: Place): boolean {
  const isReference = value?.type === 'string' || value?.type === 'array';
  return value?.type === 'object' || (place.id === 'pluginManifest' && isReference);
}

/** Where servers stand in a file for another client. */
function findOtherWrapper(root: JsonNode) {
  const found = otherServersKeys
    .map((key) => findProperty(root, key))
    .find((property) => property?.value?.type === 'object');
  const outer = findProperty(root, 'mcp');
  const inner = findProperty(outer?.value, 'servers');
  const isNested = outer !== undefined && inner?.value?.type === 'object';
  return { found, nested: isNested ? { outer, inner } : undefined };
}

/** All entries that the client reads, or would read if the file had no problem. */
function findServers(root: JsonNode | undefined, place: Place, isRead: boolean): McpServer[] {
  if (root?.type !== 'object') {
    return [];
  }
  const local = place.hasProjects ? findLocalServers(root, isRead) : [];
  if (findProperty(root, 'mcpServers') !== undefined) {
    return [...serversOfWrappers(root, place, isRead), ...local];
  }
  if (place.allowsBareMap) {
    return serversIn(root, [], isRead).filter(({ name, node }) => !isRemark(name, node));
  }
  if (place.serversOptional) {
    return local;
  }
  const { found, nested } = findOtherWrapper(root);
  if (found !== undefined) {
    return serversIn(found.value, [found.key], isRead);
  }
  return nested !== undefined
    ? serversIn(nested.inner.value, ['mcp', 'servers'], isRead)
    : serversIn(root, [], isRead).filter(isEntry);
}

/** The client reads the last `mcpServers`; a credential in an earlier one is in the file as well. */
function serversOfWrappers(root: JsonNode, place: Place, isRead: boolean): McpServer[] {
  const wrappers = propertiesOf(root).filter(({ key }) => key === 'mcpServers');
  return wrappers.flatMap(({ key, value }, index) => {
    const servers =
      value?.type === 'array'
        ? serversOfList(value, key, place, isRead)
        : serversIn(value, [key], isRead);
    return index === wrappers.length - 1 ? servers : servers.map(shadow);
  });
}

/**
 * A plugin's manifest may have a list of paths and maps. Elsewhere a list is a mistake that nothing
 * of loads from; its items are servers that say their names themselves.
 */
function serversOfList(list: JsonNode, key: string, place: Place, isRead: boolean): McpServer[] {
  return itemsOf(list).flatMap((item, index) => {
    const path = [key, index];
    if (place.id === 'pluginManifest') {
      return serversIn(item, path, isRead);
    }
    const name = asString(findValue(item, 'name'));
    const nameRange = name?.range ?? { offset: item.offset, length: 1 };
    const named = { name: name?.value ?? String(index), nameRange, range: rangeOf(item) };
    return item.type === 'object' ? [readServer({ ...named, node: item, path }, isRead)] : [];
  });
}

/** Somebody later in the file has its name: the client never sees this entry. */
function shadow(server: McpServer): McpServer {
  return { ...server, problems: [{ kind: 'shadowed' }], isShadowed: true, loads: false };
}

/** What a bare map says about itself, such as `$schema`; the client passes over it in silence. */
function isRemark(name: string, node: JsonNode | undefined): boolean {
  return name.startsWith('$') && node?.type !== 'object';
}

/** Whether an entry of a file without `mcpServers` was meant to be a server. */
function isEntry({ node }: McpServer): boolean {
  return ['command', 'url', 'type'].some((key) => findProperty(node, key) !== undefined);
}

function findLocalServers(root: JsonNode, isRead: boolean): McpServer[] {
  return propertiesOf(findValue(root, 'projects')).flatMap(({ key, value }) => {
    const servers = serversIn(
      findValue(value, 'mcpServers'),
      ['projects', key, 'mcpServers'],
      isRead,
    );
    return servers.map((server) => ({ ...server, project: key }));
  });
}

function serversIn(map: JsonNode | undefined, path: JsonPath, isRead: boolean): McpServer[] {
  const last = new Map<string, McpServer>();
  const servers = propertiesOf(map).map((property) => {
    const { key: name, keyRange: nameRange, range, value: node } = property;
    const server = readServer({ name, nameRange, range, node, path: [...path, name] }, isRead);
    last.set(server.name, server);
    return server;
  });
  return last.size === servers.length
    ? servers
    : servers.map((server) => (last.get(server.name) === server ? server : shadow(server)));
}

type Entry = Pick<McpServer, 'name' | 'nameRange' | 'range' | 'path' | 'node'>;

function readServer(entry: Entry, isRead: boolean): McpServer {
  const { name, nameRange, range, path, node } = entry;
  const transport = readTransport(node);
  const problems = findEntryProblems(name, node);
  return {
    name,
    nameRange,
    range,
    path,
    node,
    transport,
    command: asString(findValue(node, 'command')),
    args: readArguments(findValue(node, 'args')),
    env: readMap(findValue(node, 'env')),
    url: asString(findValue(node, 'url')),
    headers: readMap(findValue(node, 'headers')),
    headersHelper: asString(findValue(node, 'headersHelper')),
    strings: findStringLeaves(node, path, transport),
    problems,
    isShadowed: false,
    loads: isRead && problems.length === 0,
  };
}

/** The declared transport; where it is missing or unknown, the one that the fields speak for. */
function readTransport(node: JsonNode | undefined): Transport | undefined {
  const type = asString(findValue(node, 'type'))?.value ?? '';
  const declared = transportOf(type) ?? transportOfWord(type);
  if (declared !== undefined) {
    return declared;
  }
  if (findValue(node, 'command')) {
    return 'stdio';
  }
  const address = ['url', ...otherAddressKeys]
    .map((key) => findValue(node, key))
    .find((value) => value !== undefined);
  return address && likelyTransports(asString(address)?.value ?? '')[0];
}

const nothing: readonly never[] = [];

function readArguments(node: JsonNode | undefined): readonly Argument[] {
  if (node === undefined) {
    return nothing;
  }
  const args: Argument[] = [];
  itemsOf(node).forEach((item, index) => {
    if (item.type === 'string') {
      args.push(new Argument(item, index));
    }
  });
  return args;
}

function readMap(node: JsonNode | undefined): readonly NamedValue[] {
  if (node === undefined) {
    return nothing;
  }
  const values: NamedValue[] = [];
  for (const property of propertiesOf(node)) {
    const value = asString(property.value);
    if (value !== undefined) {
      values.push(new NamedValue(property, value));
    }
  }
  return values;
}

/** The size of `text` in UTF-8, counted only as far as the answer matters. */
function byteLength(text: string): number {
  const isSurelySmall = text.length * 3 <= maxFileBytes;
  return isSurelySmall ? text.length : new TextEncoder().encode(text).length;
}
