import type { McpServer } from '../../../config/mcpConfig';
import { shown } from '../../words';
import type { Fix, Rule } from '../../rule';
import { reportEntryProblems } from '../entryProblemReports';
import { addressKey, makeRemote } from '../makeRemote';
import { likelyTransports, transportOfWord } from '../../../config/likelyTransports';

export const serverTypeUnknown = {
  id: 'server-type-unknown',
  category: 'loading',
  severity: 'error',
  *check({ config }) {
    yield* reportEntryProblems(config, 'type-unknown', (server, { found, range }) => ({
      range,
      path: [...server.path, 'type'],
      message: `This server will not load: ${explain(found)} Use "stdio", "http", "sse" or "ws".`,
      fixes: () =>
        (server.command ?? server.url)
          ? meantTypes(found, server).map((type, index): Fix => ({
              title: `Change the type to "${type}"`,
              edits: [{ range, newText: `"${type}"` }],
              isSafe: index === 0,
            }))
          : makeWhole(config.text, found, server),
    }));
  },
} satisfies Rule<'server-type-unknown'>;

function explain(found: string): string {
  switch (found) {
    case 'sdk':
      return 'only a program built on the Agent SDK can register type "sdk".';
    case 'claudeai-proxy':
      return 'only connectors of claude.ai use type "claudeai-proxy".';
    default:
      return /^\$\{/.test(found)
        ? `variables are not expanded in type, so ${shown(found)} is read as the name of a type.`
        : `type ${shown(found)} is not known to Claude Code.`;
  }
}

/** Where the address has another client's key, that goes too: a type alone would not do. */
function makeWhole(text: string, found: string, server: McpServer): readonly Fix[] {
  const key = addressKey(server);
  const meant = transportOfWord(found);
  return key ? makeRemote(text, server, key, meant === 'stdio' ? undefined : meant) : [];
}

function meantTypes(found: string, server: McpServer): readonly string[] {
  const { command, url } = server;
  const meant = transportOfWord(found);
  if (command && !url) {
    return ['stdio'];
  }
  const isImpossible = meant === 'stdio' && url && !command;
  return meant && !isImpossible ? [meant] : likelyTransports(url?.value ?? '');
}
