import { renameKey } from '../../../config/changeProperties';
import { asString, findProperty } from '../../../config/json';
import type { McpServer } from '../../../config/mcpConfig';
import { findMisspelt } from '../../../config/misspelling';
import { shown } from '../../words';
import type { Report, Rule } from '../../rule';
import { reportEntryProblems } from '../entryProblemReports';
import { addressKey, makeRemote } from '../makeRemote';

export const serverCommandMissing = {
  id: 'server-command-missing',
  category: 'loading',
  severity: 'error',
  *check({ config }) {
    yield* reportEntryProblems(config, 'command-missing', (server) =>
      isOfWrongType(server) ? undefined : describeMissing(config.text, server),
    );
    yield* reportEntryProblems(config, 'command-empty', (_server, { range }) => ({
      range,
      message: 'This server will not load: its command is empty. Name the program to start.',
    }));
  },
} satisfies Rule<'server-command-missing'>;

function describeMissing(text: string, server: McpServer): Report {
  const misspelt = findMisspelt(server.node, 'command');
  if (misspelt !== undefined) {
    return {
      range: misspelt.keyRange,
      path: [...server.path, misspelt.key],
      message: `This server will not load: Claude Code reads "command", not ${shown(misspelt.key)}. Rename the key.`,
      fixes: () => [
        { title: 'Rename to "command"', edits: [renameKey(misspelt, 'command')], isSafe: true },
      ],
    };
  }
  const remote = addressKey(server);
  if (remote === undefined) {
    return {
      range: server.nameRange,
      message:
        'This server will not load: it has neither a "command" to start nor a "url" to reach. Add one of them, and "type": "http" with a "url".',
    };
  }
  const type = asString(findProperty(server.node, 'type')?.value);
  if (type !== undefined) {
    return {
      range: server.nameRange,
      message: `This server will not load: type ${shown(type.value)} needs a "command", and this entry has "${remote}" in its place. A remote server is of type "http", "sse" or "ws".`,
      fixes: () => makeRemote(text, server, remote),
    };
  }
  return {
    range: server.nameRange,
    message: `This server will not load: it has no "command", and for a remote server Claude Code reads "type" and "url", not "${remote}" alone. Write both, or a "command" to start.`,
    fixes: () => makeRemote(text, server, remote),
  };
}

/** A remote server whose type is no string: the rule about that says all. */
function isOfWrongType(server: McpServer): boolean {
  const type = findProperty(server.node, 'type');
  return type !== undefined && type.value?.type !== 'string' && addressKey(server) !== undefined;
}
