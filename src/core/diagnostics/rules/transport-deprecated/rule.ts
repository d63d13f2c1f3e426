import { findValue, rangeOf } from '../../../config/json';
import type { Rule } from '../../rule';

export const transportDeprecated = {
  id: 'transport-deprecated',
  category: 'loading',
  severity: 'information',
  *check({ config }) {
    for (const server of config.servers) {
      const type = findValue(server.node, 'type');
      if (!server.loads || server.transport !== 'sse' || type === undefined) {
        continue;
      }
      const range = rangeOf(type);
      yield {
        range,
        server,
        path: [...server.path, 'type'],
        message:
          'Claude Code still speaks "sse", but MCP replaced it by streamable HTTP in March 2025, and servers are giving it up. Where this server offers the new transport, use type "http" and the address that its documentation names.',
        fixes: () => [
          {
            title: 'Change the type to "http"',
            edits: [{ range, newText: '"http"' }],
            isSafe: false,
          },
        ],
      };
    }
  },
} satisfies Rule<'transport-deprecated'>;
