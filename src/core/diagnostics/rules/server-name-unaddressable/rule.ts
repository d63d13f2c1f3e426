import type { McpServer } from '../../../config/mcpConfig';
import { plainServerName, toolNamePart } from '../../../config/toolNames';
import { shown } from '../../words';
import type { Rule } from '../../rule';
import { renameServer } from '../renameServer';

export const serverNameUnaddressable = {
  id: 'server-name-unaddressable',
  category: 'loading',
  severity: 'hint',
  *check({ config }) {
    for (const server of config.servers) {
      const { name, isShadowed, problems } = server;
      if (isShadowed || isPlain(name) || name.includes('${') || isReserved(problems)) {
        continue;
      }
      yield {
        range: server.nameRange,
        server,
        message: describe(server),
        fixes: () => renameServer(config, server, plainServerName(server.name)),
      };
    }
  },
} satisfies Rule<'server-name-unaddressable'>;

/** It gets another name in any case. */
function isReserved(problems: McpServer['problems']): boolean {
  return problems.some(({ kind }) => kind === 'name-reserved');
}

/** What `claude mcp add` takes, and every other command without a second thought. */
function isPlain(name: string): boolean {
  return /^\w[\w-]*$/.test(name);
}

function describe({ name }: McpServer): string {
  if (name === '') {
    return 'The name of this server is empty: lists show nothing for it. Give it a name.';
  }
  if (/^[\w-]+$/.test(name)) {
    return `A command takes ${shown(name)} for an option. Write -- before it, as in "claude mcp get -- ${name}", or give the server a name that starts with a letter.`;
  }
  return `"claude mcp add" accepts only letters, digits, - and _ in a name, and permission rules know the tools of this server by ${shown(toolNamePart(name))}. Use a name of those characters.`;
}
