import type { McpConfig, McpServer, NamedValue } from '../../config/mcpConfig';

/** A header that tells a remote server who is asking, in any letter case. */
export interface AuthorizationHeader {
  readonly server: McpServer;
  readonly header: NamedValue;
}

/** Those of the entries that Claude Code loads, in the order of the text. */
export function* authorizationHeaders({ servers }: McpConfig): Iterable<AuthorizationHeader> {
  for (const server of servers) {
    if (server.isShadowed || server.transport === 'stdio') {
      continue;
    }
    for (const header of server.headers) {
      if (header.name.length === length && header.name.toLowerCase() === 'authorization') {
        yield { server, header };
      }
    }
  }
}

const length = 'authorization'.length;
