import { escapeForString } from '../../../config/json';
import type { McpConfig, McpServer } from '../../../config/mcpConfig';
import { shown } from '../../words';
import type { Fix, Rule } from '../../rule';
import { reportEntryProblems } from '../entryProblemReports';

export const serverNameReserved = {
  id: 'server-name-reserved',
  category: 'loading',
  severity: 'error',
  *check({ config }) {
    yield* reportEntryProblems(config, 'name-reserved', (server) => ({
      range: server.nameRange,
      message: `This server will not load: Claude Code keeps the name ${shown(server.name)} for itself. Choose another name.`,
      fixes: () => rename(config, server),
    }));
  },
} satisfies Rule<'server-name-reserved'>;

/** Not safe to apply unseen: permissions and approvals elsewhere may use the name. */
function rename({ servers }: McpConfig, { name, nameRange }: McpServer): readonly Fix[] {
  const wanted = `my-${name
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase()}`;
  const taken = new Set(servers.map((server) => server.name));
  let newName = wanted;
  for (let number = 2; taken.has(newName); number++) {
    newName = `${wanted}-${number}`;
  }
  const edits = [{ range: nameRange, newText: `"${escapeForString(newName)}"` }];
  return [{ title: `Rename to ${newName}`, edits, isSafe: false }];
}
