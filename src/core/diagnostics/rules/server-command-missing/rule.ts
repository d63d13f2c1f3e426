import { renameKey } from '../../../config/changeProperties';
import { insertFirstProperty } from '../../../config/edits';
import { asString, findProperty } from '../../../config/json';
import type { McpServer } from '../../../config/mcpConfig';
import { findMisspelt } from '../../../config/misspelling';
import { shown } from '../../words';
import type { Fix, Report, Rule } from '../../rule';
import { reportEntryProblems } from '../entryProblemReports';
import { likelyTransports, otherAddressKeys } from '../../../config/likelyTransports';

const remoteKeys = ['url', ...otherAddressKeys];

export const serverCommandMissing = {
  id: 'server-command-missing',
  category: 'loading',
  severity: 'error',
  *check({ config }) {
    yield* reportEntryProblems(config, 'command-missing', (server) =>
      describeMissing(config.text, server),
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
  const remote = remoteKeys.find((key) => findProperty(server.node, key)?.value);
  if (remote === undefined) {
    return {
      range: server.nameRange,
      message:
        'This server will not load: it has neither a "command" to start nor a "url" to reach. Add one of them, and "type": "http" with a "url".',
    };
  }
  return {
    range: server.nameRange,
    message: `This server will not load: it has no "command", and for a remote server Claude Code reads "type" and "url", not "${remote}" alone. Write both, or a "command" to start.`,
    fixes: () => makeRemote(text, server, remote),
  };
}

function makeRemote(text: string, server: McpServer, key: string): readonly Fix[] {
  const { node } = server;
  const address = findProperty(node, key);
  if (node === undefined || address === undefined) {
    return [];
  }
  const [likely] = likelyTransports(asString(address.value)?.value ?? '');
  const type = findProperty(node, 'type')?.value;
  const setType = type
    ? { range: { offset: type.offset, length: type.length }, newText: `"${likely}"` }
    : insertFirstProperty(text, node, 'type', `"${likely}"`);
  const rename = key === 'url' ? [] : [{ range: address.keyRange, newText: '"url"' }];
  const title = `Make it a server of type "${likely}"`;
  return [{ title, edits: [setType, ...rename], isSafe: true }];
}
