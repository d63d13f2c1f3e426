import { renameKey } from '../../../config/changeProperties';
import { insertFirstProperty } from '../../../config/edits';
import { transportOf } from '../../../config/dialects/transports';
import { asString, findProperty, findValue, type JsonProperty } from '../../../config/json';
import type { McpServer } from '../../../config/mcpConfig';
import { findMisspelt } from '../../../config/misspelling';
import { shown } from '../../words';
import type { Fix, Rule } from '../../rule';
import { reportEntryProblems } from '../entryProblemReports';
import { likelyTransports } from '../../../config/likelyTransports';

export const serverTypeMissing = {
  id: 'server-type-missing',
  category: 'loading',
  severity: 'error',
  *check({ config }) {
    yield* reportEntryProblems(config, 'type-missing', (server) => {
      const other = findOtherKey(server);
      const address = findValue(server.node, 'url');
      if (address?.type !== 'string') {
        return {
          range: server.nameRange,
          message: `This server will not load: it has no type, and its "url" must be a string, not ${address?.type ?? 'nothing'}. Write both.`,
        };
      }
      const [likely] = likelyTransports(String(address.value));
      return {
        range: other?.keyRange ?? server.nameRange,
        message: other
          ? `This server will not load: Claude Code reads the transport from "type", not from ${shown(other.key)}. Rename the key.`
          : `This server will not load: it has a url but no type. Add "type": "${likely}".`,
        fixes: () =>
          other
            ? [{ title: 'Rename to "type"', edits: [renameKey(other, 'type')], isSafe: true }]
            : addType(config.text, server),
      };
    });
  },
} satisfies Rule<'server-type-missing'>;

/** Another key with a transport that Claude Code knows. */
function findOtherKey({ node }: McpServer): JsonProperty | undefined {
  const other = findProperty(node, 'transport') ?? findMisspelt(node, 'type');
  const transport = transportOf(asString(other?.value)?.value ?? '');
  return transport !== undefined && transport !== 'stdio' ? other : undefined;
}

function addType(text: string, server: McpServer): readonly Fix[] {
  const { node } = server;
  return node === undefined
    ? []
    : likelyTransports(server.url?.value ?? '').map((type, index) => ({
        title: `Add "type": "${type}"`,
        edits: [insertFirstProperty(text, node, 'type', `"${type}"`)],
        isSafe: index === 0,
      }));
}
