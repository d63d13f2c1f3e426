import type { OffsetRange } from '../../../base/range';
import { findValue, rangeOf } from '../../../config/json';
import type { Fix, Rule } from '../../rule';

export const transportDeprecated = {
  id: 'transport-deprecated',
  category: 'loading',
  severity: 'information',
  *check({ config }) {
    for (const server of config.servers) {
      if (server.isShadowed || server.transport !== 'sse') {
        continue;
      }
      const type = findValue(server.node, 'type');
      const range = type ? rangeOf(type) : (server.url?.range ?? server.nameRange);
      yield {
        range,
        server,
        path: [...server.path, type ? 'type' : 'url'],
        message:
          'Claude Code still speaks "sse", but MCP replaced it by streamable HTTP in March 2025, and servers are giving it up. Where this server offers the new transport, use type "http" and the address that its documentation names.',
        // Another word for it is a mistake of its own, with a repair of its own.
        fixes: () => (type?.value === 'sse' ? [changeType(range)] : []),
      };
    }
  },
} satisfies Rule<'transport-deprecated'>;

function changeType(range: OffsetRange): Fix {
  const edits = [{ range, newText: '"http"' }];
  return { title: 'Change the type to "http"', edits, isSafe: false };
}
