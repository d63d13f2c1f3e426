import type { McpConfig, McpServer } from '../../config/mcpConfig';
import { toolNamePart } from '../../config/toolNames';

const known = new WeakMap<McpConfig, ReadonlyMap<McpServer, McpServer>>();

/**
 * Each server whose tools are named as those of an earlier one of the same map, with that one.
 * Two rules ask; the answer is found once.
 */
export function collidingServers(config: McpConfig): ReadonlyMap<McpServer, McpServer> {
  const found = known.get(config) ?? findColliding(config);
  known.set(config, found);
  return found;
}

function findColliding({ servers }: McpConfig): ReadonlyMap<McpServer, McpServer> {
  const colliding = new Map<McpServer, McpServer>();
  const firsts = new Map<string | undefined, Map<string, McpServer>>();
  for (const server of servers) {
    const isReserved = server.problems.some(({ kind }) => kind === 'name-reserved');
    if (server.isShadowed || isReserved) {
      continue;
    }
    const inMap = firsts.get(server.project) ?? new Map<string, McpServer>();
    firsts.set(server.project, inMap);
    const part = toolNamePart(server.name);
    const first = inMap.get(part);
    if (first === undefined) {
      inMap.set(part, server);
    } else if (first.name !== server.name) {
      colliding.set(server, first);
    }
  }
  return colliding;
}
