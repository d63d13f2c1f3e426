import { removeProperties } from '../../../config/changeProperties';
import { findValue, type JsonNode } from '../../../config/json';
import type { McpServer, NamedValue } from '../../../config/mcpConfig';
import { shown } from '../../words';
import type { Fix, Rule } from '../../rule';

export const headerDuplicate = {
  id: 'header-duplicate',
  category: 'loading',
  severity: 'warning',
  *check({ config }) {
    for (const server of config.servers) {
      if (server.isShadowed || server.headers.length < 2 || server.transport === 'stdio') {
        continue;
      }
      for (const [header, first] of findDuplicates(server)) {
        yield {
          range: header.nameRange,
          server,
          path: [...server.path, 'headers', header.name],
          message: `${shown(first.name)} and ${shown(header.name)} are one header: letter case does not count. Claude Code sends both values in it, joined by a comma. Keep one of them.`,
          fixes: () => keepOne(server, header, first),
        };
      }
    }
  },
} satisfies Rule<'header-duplicate'>;

/** Each header that repeats an earlier one in other letters, with that one. */
function findDuplicates({ headers }: McpServer): ReadonlyMap<NamedValue, NamedValue> {
  const firsts = new Map<string, NamedValue>();
  const duplicates = new Map<NamedValue, NamedValue>();
  for (const header of headers) {
    const name = header.name.toLowerCase();
    const first = firsts.get(name);
    if (first === undefined) {
      firsts.set(name, header);
    } else if (first.name !== header.name) {
      duplicates.set(header, first);
    }
  }
  return duplicates;
}

function keepOne({ node }: McpServer, header: NamedValue, first: NamedValue): readonly Fix[] {
  const headers = findValue(node, 'headers');
  return headers ? [remove(headers, header), remove(headers, first)] : [];
}

/** Not safe to apply unseen: it changes what is sent. */
function remove(headers: JsonNode, { name, nameRange }: NamedValue): Fix {
  const edits = removeProperties(headers, ({ keyRange }) => keyRange.offset === nameRange.offset);
  return { title: `Remove ${shown(name)}`, edits, isSafe: false };
}
