import type { TextEdit } from '../base/range';
import { findProperty, findValue, propertiesOf, rangeOf, type JsonNode } from '../config/json';
import type { McpServer } from '../config/mcpConfig';
import { removeProperties } from '../config/removeProperties';
import { findReferences } from '../config/variables';
import type { RemoteWrapper } from './remoteWrapper';

/**
 * Edits that make of an entry which starts `wrapper` one that Claude Code connects by itself;
 * everything else in the entry stays. `undefined` where the wrapper is told something that an entry
 * cannot say.
 */
export function makeNative(
  text: string,
  server: McpServer,
  wrapper: RemoteWrapper,
  type: string,
): readonly TextEdit[] | undefined {
  const { node, env } = server;
  const command = findProperty(node, 'command');
  const headers = readHeaders(server, wrapper);
  if (
    node === undefined ||
    command === undefined ||
    headers === undefined ||
    wrapper.others.length > 0 ||
    hasOther(node)
  ) {
    return undefined;
  }
  const colon = command.value
    ? text.slice(command.keyRange.offset + command.keyRange.length, command.value.offset)
    : ': ';
  const pair = (key: string, value: string) => `"${key}"${colon}${value}`;
  const [first] = propertiesOf(node);
  const gap = first ? text.slice(node.offset + 1, first.range.offset) || ' ' : ' ';
  const oldType = findValue(node, 'type');
  const url = pair('url', JSON.stringify(wrapper.url));
  const entries = [...headers].map(
    ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  );
  const written = [
    ...(oldType ? [] : [pair('type', `"${type}"`)]),
    url,
    ...(entries.length > 0 ? [pair('headers', `{ ${entries.join(', ')} }`)] : []),
  ];
  const used = usedVariables(server, wrapper);
  const isEnvUsedUp = env.every(({ name }) => used.has(name));
  const envNode = findValue(node, 'env');
  return [
    ...(oldType ? [{ range: rangeOf(oldType), newText: `"${type}"` }] : []),
    { range: command.range, newText: written.join(`,${gap}`) },
    ...removeProperties(node, new Set(['args', ...(isEnvUsedUp ? ['env'] : [])])),
    ...(isEnvUsedUp || envNode === undefined ? [] : removeProperties(envNode, used)),
  ];
}

/** A field twice, or one that the entry would now have twice. */
function hasOther(node: JsonNode): boolean {
  const keys = propertiesOf(node).map(({ key }) => key);
  return new Set(keys).size < keys.length || keys.includes('url') || keys.includes('headers');
}

/** By name, with what mcp-remote takes from the entry's `env`; `undefined` where one is no header. */
function readHeaders(
  { env }: McpServer,
  { headers, program }: RemoteWrapper,
): ReadonlyMap<string, string> | undefined {
  const values = new Map(
    program === 'mcp-remote' ? env.map(({ name, value }) => [name, value.value]) : [],
  );
  const found = new Map<string, string>();
  for (const header of headers) {
    const colon = header.indexOf(':');
    const name = header.slice(0, Math.max(0, colon)).trim();
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || found.has(name)) {
      return undefined;
    }
    found.set(name, fillIn(header.slice(colon + 1).trim(), values));
  }
  return found;
}

function fillIn(value: string, values: ReadonlyMap<string, string>): string {
  return value.replace(/\$\{([A-Za-z_]\w*)\}/g, (whole, name: string) => values.get(name) || whole);
}

function usedVariables(
  { env }: McpServer,
  { headers, program }: RemoteWrapper,
): ReadonlySet<string> {
  const names = headers.flatMap((header) =>
    findReferences(header).flatMap(({ name, defaultValue }) =>
      defaultValue === undefined ? [name] : [],
    ),
  );
  const own = new Set(env.map(({ name }) => name));
  return new Set(program === 'mcp-remote' ? names.filter((name) => own.has(name)) : []);
}
