import { insertFirstProperty } from '../../../config/edits';
import type { McpServer } from '../../../config/mcpConfig';
import type { Fix, Rule } from '../../rule';
import { reportEntryProblems } from '../entryProblemReports';
import { likelyTypes } from '../likelyTypes';

export const serverTypeMissing = {
  id: 'server-type-missing',
  category: 'loading',
  severity: 'error',
  *check({ config }) {
    yield* reportEntryProblems(config, 'type-missing', (server) => ({
      range: server.nameRange,
      message: `This server will not load: it has a url but no type. Add "type": "${likelyTypes(server.url?.value ?? '')[0]}".`,
      fixes: () => addType(config.text, server),
    }));
  },
} satisfies Rule<'server-type-missing'>;

function addType(text: string, server: McpServer): readonly Fix[] {
  const { node } = server;
  return node === undefined
    ? []
    : likelyTypes(server.url?.value ?? '').map((type, index) => ({
        title: `Add "type": "${type}"`,
        edits: [insertFirstProperty(text, node, 'type', `"${type}"`)],
        isSafe: index === 0,
      }));
}
