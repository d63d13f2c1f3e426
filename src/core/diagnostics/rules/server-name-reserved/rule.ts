import { shown } from '../../words';
import type { Rule } from '../../rule';
import { reportEntryProblems } from '../entryProblemReports';
import { renameServer } from '../renameServer';

export const serverNameReserved = {
  id: 'server-name-reserved',
  category: 'loading',
  severity: 'error',
  *check({ config }) {
    yield* reportEntryProblems(config, 'name-reserved', (server) => ({
      range: server.nameRange,
      message: `This server will not load: Claude Code keeps the name ${shown(server.name)} for itself. Choose another name.`,
      fixes: () => renameServer(config, server, toOwnName(server.name)),
    }));
  },
} satisfies Rule<'server-name-reserved'>;

/** `Claude in Chrome` becomes `my-claude-in-chrome`. */
function toOwnName(name: string): string {
  const words = name.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
  return `my-${words.toLowerCase()}`;
}
