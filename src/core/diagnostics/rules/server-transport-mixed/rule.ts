import { removeProperties, replaceNode } from '../../../config/changeProperties';
import { insertFirstProperty } from '../../../config/edits';
import { fieldsOf } from '../../../config/entryProblems';
import { asString, findProperty, findValue } from '../../../config/json';
import type { McpServer, Transport } from '../../../config/mcpConfig';
import type { Fix, Rule } from '../../rule';
import { likelyTransports } from '../../../config/likelyTransports';

export const serverTransportMixed = {
  id: 'server-transport-mixed',
  category: 'loading',
  severity: 'warning',
  *check({ config }) {
    for (const server of config.servers) {
      const { transport, command, url, node } = server;
      if (server.isShadowed || !command?.value || !url?.value || !transport) {
        continue;
      }
      const ignored = transport === 'stdio' ? 'url' : 'command';
      const type = asString(findValue(node, 'type'))?.value;
      const why = type === undefined ? 'it has no type' : `its type is "${type}"`;
      yield {
        range: findProperty(node, ignored)?.keyRange ?? server.nameRange,
        server,
        path: [...server.path, ignored],
        message: !server.loads
          ? 'This entry is a local program and a remote server at once. Keep one of them.'
          : transport === 'stdio'
            ? `This entry is a local program and a remote server at once. As ${why}, Claude Code starts "command" and passes over "url". Keep one of them.`
            : `This entry is a remote server and a local program at once. As ${why}, Claude Code connects to "url" and passes over "command". Keep one of them.`,
        fixes: () => keepOne(config.text, server, transport),
      };
    }
  },
} satisfies Rule<'server-transport-mixed'>;

/** What is used now comes first; which one was meant is not for us to say. */
function keepOne(text: string, server: McpServer, used: Transport): readonly Fix[] {
  const [remote] = likelyTransports(server.url?.value ?? '');
  const keepUsed = keep(text, server, used);
  return used === 'stdio'
    ? [fix('Keep "command"', keepUsed), fix('Keep "url"', keep(text, server, remote))]
    : [fix('Keep "url"', keepUsed), fix('Keep "command"', keep(text, server, 'stdio'))];
}

function fix(title: string, edits: Fix['edits']): Fix {
  return { title, edits, isSafe: false };
}

/** Removes what only the other transport reads, and names this one where it is not named yet. */
function keep(text: string, { node, transport }: McpServer, wanted: Transport): Fix['edits'] {
  if (node === undefined) {
    return [];
  }
  const kept = fieldsOf(wanted);
  const others = fieldsOf(wanted === 'stdio' ? 'http' : 'stdio');
  const removed = removeProperties(node, ({ key }) => others.has(key) && !kept.has(key));
  if (wanted === transport) {
    return removed;
  }
  const type = findValue(node, 'type');
  return type
    ? [replaceNode(type, `"${wanted}"`), ...removed]
    : [insertFirstProperty(text, node, 'type', `"${wanted}"`), ...removed];
}
