import type { HttpHeader, HttpRequestSpec } from './httpRunner';
import type { RemoteTarget } from './tokenTestTarget';

/** What `initialize` agreed on. */
export interface McpSession {
  readonly id: string | undefined;
  readonly protocolVersion: string;
}

export const initializeId = 1;
export const toolsListId = 2;

/** The newest version with the `initialize` handshake. */
const offeredVersion = '2025-11-25';

/** Opens a session. @see Model Context Protocol 2025-11-25, Lifecycle */
export function initializeRequest(target: RemoteTarget): HttpRequestSpec {
  return post(target, undefined, {
    jsonrpc: '2.0',
    id: initializeId,
    method: 'initialize',
    params: {
      protocolVersion: offeredVersion,
      capabilities: {},
      clientInfo: { name: 'mcp-auth-setup', version: '1' },
    },
  });
}

/** Tells the server that `initialize` was understood; it owes no answer. */
export function initializedNotification(
  target: RemoteTarget,
  session: McpSession,
): HttpRequestSpec {
  return post(target, session, { jsonrpc: '2.0', method: 'notifications/initialized' });
}

/** The first page of the server's tools. */
export function toolsListRequest(target: RemoteTarget, session: McpSession): HttpRequestSpec {
  return post(target, session, { jsonrpc: '2.0', id: toolsListId, method: 'tools/list' });
}

/** Gives the session back. @see Model Context Protocol 2025-11-25, Transports, Session Management */
export function endSessionRequest(target: RemoteTarget, session: McpSession): HttpRequestSpec {
  return {
    method: 'DELETE',
    url: requestUrl(target),
    headers: withOwnHeaders(sessionHeaders(session), target),
  };
}

function post(
  target: RemoteTarget,
  session: McpSession | undefined,
  message: Readonly<Record<string, unknown>>,
): HttpRequestSpec {
  const headers = [
    { name: 'Content-Type', value: 'application/json' },
    { name: 'Accept', value: 'application/json, text/event-stream' },
    ...sessionHeaders(session),
  ];
  return {
    method: 'POST',
    url: requestUrl(target),
    headers: withOwnHeaders(headers, target),
    body: JSON.stringify(message),
  };
}

function sessionHeaders(session: McpSession | undefined): readonly HttpHeader[] {
  if (session === undefined) {
    return [];
  }
  const version = { name: 'MCP-Protocol-Version', value: session.protocolVersion };
  return session.id === undefined
    ? [version]
    : [{ name: 'Mcp-Session-Id', value: session.id }, version];
}

/** As Claude Code sends them: the protocol's own headers win, names that differ in case are joined. */
export function withOwnHeaders(
  protocolHeaders: readonly HttpHeader[],
  { headers }: RemoteTarget,
): readonly HttpHeader[] {
  const taken = new Set(
    ['Content-Type', 'Accept', 'Mcp-Session-Id', 'MCP-Protocol-Version'].map(lower),
  );
  const own = new Map<string, HttpHeader>();
  for (const { name, value } of headers.filter((header) => !taken.has(lower(header.name)))) {
    const earlier = own.get(lower(name));
    own.set(
      lower(name),
      earlier ? { ...earlier, value: `${earlier.value}, ${value}` } : { name, value },
    );
  }
  return [...protocolHeaders, ...own.values()];
}

/** The form in which curl sees no white space, no other script and nothing to expand. */
function requestUrl({ url }: RemoteTarget): string {
  return new URL(url).href;
}

function lower(name: string): string {
  return name.toLowerCase();
}
