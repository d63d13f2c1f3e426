import { oneLine } from '../base/text';
import { headerValue, type HttpExchange } from './httpExchange';
import { isObject, type JsonObject } from './mcpAnswer';
import type { NotMcpFlaw } from './tokenTestOutcome';
import type { McpSession } from './tokenTestRequest';

/** What the server said on `initialize`. */
export type OpenedSession =
  | {
      readonly kind: 'opened';
      readonly session: McpSession;
      /** As the server wrote it: foreign text. */
      readonly serverName: string | undefined;
      readonly hasTools: boolean;
    }
  | { readonly kind: 'flawed'; readonly flaw: NotMcpFlaw };

/**
 * Reads the answer to `initialize`. Version and session id go back to the server as headers, so
 * nothing passes that could become another header.
 */
export function openSession(exchange: HttpExchange, result: JsonObject): OpenedSession {
  return readInitializeResult(result, headerValue(exchange, 'mcp-session-id'));
}

/** The same where the transport has no session: over a socket, or to a process. */
export function readInitializeResult(result: JsonObject, id?: string): OpenedSession {
  const { protocolVersion, serverInfo, capabilities } = result;
  if (typeof protocolVersion !== 'string' || !/^[\w.-]{1,40}$/.test(protocolVersion)) {
    return { kind: 'flawed', flaw: { kind: 'protocol-version' } };
  }
  if (id !== undefined && !/^[\u0021-\u007e]{1,4096}$/.test(id)) {
    return { kind: 'flawed', flaw: { kind: 'session-id' } };
  }
  const name = isObject(serverInfo) ? serverInfo['name'] : undefined;
  return {
    kind: 'opened',
    session: { id, protocolVersion },
    serverName: typeof name === 'string' ? oneLine(name, 100) : undefined,
    hasTools: isObject(capabilities) && capabilities['tools'] !== undefined,
  };
}

/** The tools on the first page, and whether there are more. */
export function countTools(result: JsonObject): { toolCount: number; hasMoreTools: boolean } {
  const { tools, nextCursor } = result;
  return {
    toolCount: Array.isArray(tools) ? tools.length : 0,
    hasMoreTools: typeof nextCursor === 'string',
  };
}
