import { plainServerName, toolNamePart } from '../../../config/toolNames';
import { shown } from '../../words';
import type { Rule } from '../../rule';
import { collidingServers } from '../collidingServers';
import { renameServer } from '../renameServer';

export const serverNameCollision = {
  id: 'server-name-collision',
  category: 'loading',
  severity: 'warning',
  *check({ config }) {
    for (const [server, first] of collidingServers(config)) {
      const part = toolNamePart(server.name);
      const both = `both servers are ${shown(part)} there`;
      const why =
        first.loads && server.loads
          ? `get the same names: ${both}`
          : `will get the same names once both load: ${both}`;
      yield {
        range: server.nameRange,
        server,
        message: `The tools of ${shown(first.name)} and ${shown(server.name)} ${why}. Of two tools with one name Claude Code keeps one and says nothing. Rename one of the servers.`,
        fixes: () => renameServer(config, server, `${plainServerName(server.name)}-2`),
      };
    }
  },
} satisfies Rule<'server-name-collision'>;
