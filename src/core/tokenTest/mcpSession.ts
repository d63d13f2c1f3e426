import { oneLine } from '../base/text';
import { headerValue, type ResponseHead } from './httpExchange';
import { isObject, type JsonObject } from '../base/jsonObject';
import type { NotMcpFlaw } from './tokenTestOutcome';
import type { McpSession } from './tokenTestRequest';

/** What a server says about itself. */
export interface ServerIdentity {
  /** One line of limited length. */
  readonly serverName: string | undefined;
  readonly hasTools: boolean;
}

/** What the server said on `initialize`. */
export type OpenedSession =
  | ({ readonly kind: 'opened'; readonly session: McpSession } & ServerIdentity)
  | { readonly kind: 'flawed'; readonly flaw: NotMcpFlaw };

/**
 * Reads the answer to `initialize`; `clean` takes the credentials out of foreign text. Version and
 * session id go back to the server as headers, so nothing passes that could become another header.
 */
export function openSession(
  head: Pick<ResponseHead, 'headers'>,
  result: JsonObject,
  clean: (text: string) => string,
): OpenedSession {
  return readInitializeResult(result, headerValue(head, 'mcp-session-id'), clean);
}

/** The same where the transport has no session: over a stream, over a socket, or to a process. */
export function readInitializeResult(
  result: JsonObject,
  id?: string,
  clean: (text: string) => string = (text) => text,
): OpenedSession {
  const { protocolVersion, serverInfo, capabilities } = result;
  if (
    typeof protocolVersion !== 'string' ||
    !/^[\w.-]{1,40}$/.test(protocolVersion) ||
    clean(protocolVersion) !== protocolVersion
  ) {
    return { kind: 'flawed', flaw: { kind: 'protocol-version' } };
  }
  if (id !== undefined && !/^[\u0021-\u007e]{1,4096}$/.test(id)) {
    return { kind: 'flawed', flaw: { kind: 'session-id' } };
  }
  const session = { id, protocolVersion };
  return { kind: 'opened', session, ...readIdentity(serverInfo, capabilities, clean) };
}

export function readIdentity(
  serverInfo: unknown,
  capabilities: unknown,
  clean: (text: string) => string,
): ServerIdentity {
  const name = isObject(serverInfo) ? serverInfo['name'] : undefined;
  return {
    serverName: typeof name === 'string' ? oneLine(clean(name), 100) : undefined,
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
