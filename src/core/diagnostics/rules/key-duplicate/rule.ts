import { rangeEnd, type OffsetRange } from '../../../base/range';
import { fieldsOf } from '../../../config/entryProblems';
import { findValue, propertiesOf, type JsonNode, type JsonPath } from '../../../config/json';
import type { McpConfig, McpServer } from '../../../config/mcpConfig';
import type { Report, Rule } from '../../rule';
import { hasDuplicate, reportDuplicates, type KeyKind } from '../duplicateKeys';

export const keyDuplicate = {
  id: 'key-duplicate',
  category: 'loading',
  severity: 'warning',
  *check({ config }) {
    if (config.fileProblem !== undefined) {
      return;
    }
    const wrappers = propertiesOf(config.root).filter(({ key }) => key === 'mcpServers');
    yield* reportDuplicates(config, config.root, [], ofWrapper);
    const lost = wrappers.slice(0, -1).map(({ range }) => range);
    for (const map of mapsWithShadowed(config, lost)) {
      yield* reportDuplicates(config, map.node, map.path, ofName);
    }
    for (const server of config.servers) {
      if (!server.isShadowed) {
        yield* reportInEntry(config, server);
      }
    }
  },
} satisfies Rule<'key-duplicate'>;

const keepOne = 'Keep one of them.';
const ofName: KeyKind = {
  isRead: () => true,
  advice: 'Remove it, or give it another name.',
};
const ofWrapper: KeyKind = {
  isRead: (key) => key === 'mcpServers',
  advice: 'Put all servers into one.',
};

/** Fields of an entry whose keys are looked at as well. */
const innerFields = [
  ['env', ofName],
  ['headers', ofName],
  ['oauth', { isRead: () => true, advice: keepOne }],
] as const satisfies readonly (readonly [field: string, kind: KeyKind])[];

/** The cheap question first: there are many entries, and hardly ever an answer. */
function reportInEntry(config: McpConfig, server: McpServer): readonly Report[] {
  const { node, path, transport } = server;
  const fields = transport && fieldsOf(transport);
  const reports: Report[] = [];
  if (fields !== undefined && hasDuplicate(propertiesOf(node))) {
    const kind = { isRead: (key: string) => fields.has(key), advice: keepOne };
    reports.push(...reportDuplicates(config, node, path, kind, server));
  }
  for (const [field, kind] of innerFields) {
    const inner = fields?.has(field) ? findValue(node, field) : undefined;
    if (inner !== undefined && hasDuplicate(propertiesOf(inner))) {
      reports.push(...reportDuplicates(config, inner, [...path, field], kind, server));
    }
  }
  return reports;
}

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
