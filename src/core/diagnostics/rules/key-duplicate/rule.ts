import { rangeEnd, type OffsetRange } from '../../../base/range';
import { removeProperties } from '../../../config/changeProperties';
import { fieldsOf } from '../../../config/entryProblems';
import {
  findValue,
  propertiesOf,
  type JsonNode,
  type JsonPath,
  type JsonProperty,
} from '../../../config/json';
import type { McpConfig, McpServer } from '../../../config/mcpConfig';
import { shown } from '../../words';
import type { Fix, Report, Rule } from '../../rule';

export const keyDuplicate = {
  id: 'key-duplicate',
  category: 'loading',
  severity: 'warning',
  *check({ config }) {
    if (config.fileProblem !== undefined) {
      return;
    }
    const wrappers = propertiesOf(config.root).filter(({ key }) => key === 'mcpServers');
    yield* reportIn(config, config.root, [], ofWrapper);
    const lost = wrappers.slice(0, -1).map(({ range }) => range);
    for (const map of mapsWithShadowed(config, lost)) {
      yield* reportIn(config, map.node, map.path, ofName);
    }
    for (const server of config.servers) {
      if (!server.isShadowed && server.transport) {
        const fields = fieldsOf(server.transport);
        const ofField = { isRead: (key: string) => fields.has(key), advice: keepOne };
        yield* reportIn(config, server.node, server.path, ofField, server);
        for (const field of ['env', 'headers', 'oauth']) {
          if (fields.has(field)) {
            const path = [...server.path, field];
            const kind = field === 'oauth' ? { ...ofName, advice: keepOne } : ofName;
            yield* reportIn(config, findValue(server.node, field), path, kind, server);
          }
        }
      }
    }
  },
} satisfies Rule<'key-duplicate'>;

/** Which keys of an object count, and what to do about one that stands there twice. */
interface KeyKind {
  readonly isRead: (key: string) => boolean;
  readonly advice: string;
}

const keepOne = 'Keep one of them.';
const ofName: KeyKind = {
  isRead: () => true,
  advice: 'Remove it, or give it another name.',
};
const ofWrapper: KeyKind = {
  isRead: (key) => key === 'mcpServers',
  advice: 'Put all servers into one.',
};

/** Each map in which a server is lost to a later one of its name. */
function mapsWithShadowed({ root, servers }: McpConfig, lost: readonly OffsetRange[]) {
  const maps = new Map<JsonNode, JsonPath>();
  for (const { problems, nameRange, path } of servers) {
    const isLost = lost.some(
      (range) => range.offset < nameRange.offset && nameRange.offset < rangeEnd(range),
    );
    if (problems[0]?.kind === 'shadowed' && !isLost) {
      const parents = path.slice(0, -1);
      const node = parents.reduce<JsonNode | undefined>(
        (parent, key) => (typeof key === 'number' ? parent?.items?.[key] : findValue(parent, key)),
        root,
      );
      if (node !== undefined) {
        maps.set(node, parents);
      }
    }
  }
  return Array.from(maps, ([node, path]) => ({ node, path }));
}

/** One report for each property of `object` that a later one of its key replaces. */
function* reportIn(
  config: McpConfig,
  object: JsonNode | undefined,
  path: JsonPath,
  { isRead, advice }: KeyKind,
  server?: McpServer,
): Iterable<Report> {
  const properties = propertiesOf(object);
  if (object === undefined || !hasDuplicate(properties)) {
    return;
  }
  const last = new Map(properties.map((property) => [property.key, property]));
  for (const property of properties) {
    const later = last.get(property.key);
    if (later === undefined || later === property || !isRead(property.key)) {
      continue;
    }
    const isSame = sourceOf(config, property) === sourceOf(config, later);
    yield {
      range: property.keyRange,
      path: [...path, property.key],
      ...(server && { server }),
      ...(isSame && { severity: 'information' }),
      message: `${shown(property.key)} stands here more than once: Claude Code reads the last one and passes over this one. ${advice}`,
      fixes: () => remove(object, property, isSame),
    };
  }
}

function hasDuplicate(properties: readonly JsonProperty[]): boolean {
  // Most objects have a handful of keys, for which a set costs more than it saves.
  return properties.length > 8
    ? new Set(properties.map(({ key }) => key)).size < properties.length
    : properties.some(({ key }, index) => properties.findIndex((p) => p.key === key) < index);
}

function sourceOf({ text }: McpConfig, { value }: JsonProperty): string | undefined {
  return value && text.slice(value.offset, rangeEnd(value));
}

/** Safe where both say the same; else the one that is lost may be the one that was meant. */
function remove(object: JsonNode, { key, keyRange }: JsonProperty, isSafe: boolean): Fix[] {
  const edits = removeProperties(object, (other) => other.keyRange === keyRange);
  return [{ title: `Remove the ${shown(key)} that is not read`, edits, isSafe }];
}
