import type { HttpHeader, HttpRequestSpec } from './httpRunner';
import type { WebSocketSpec } from './messageChannel';
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

export type RpcMessage = Readonly<Record<string, unknown>>;

export const initializeMessage: RpcMessage = {
  jsonrpc: '2.0',
  id: initializeId,
  method: 'initialize',
  params: {
    protocolVersion: offeredVersion,
    capabilities: {},
    clientInfo: { name: 'mcp-auth-setup', version: '1' },
  },
};

export const initializedMessage: RpcMessage = {
  jsonrpc: '2.0',
  method: 'notifications/initialized',
};

export const toolsListMessage: RpcMessage = {
  jsonrpc: '2.0',
  id: toolsListId,
  method: 'tools/list',
};

/** Opens a session. @see Model Context Protocol 2025-11-25, Lifecycle */
export function initializeRequest(target: RemoteTarget): HttpRequestSpec {
  return post(target, undefined, initializeMessage);
}

/** Tells the server that `initialize` was understood; it owes no answer. */
export function initializedNotification(
  target: RemoteTarget,
  session: McpSession,
): HttpRequestSpec {
  return post(target, session, initializedMessage);
}

/** The first page of the server's tools. */
export function toolsListRequest(target: RemoteTarget, session: McpSession): HttpRequestSpec {
  return post(target, session, toolsListMessage);
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
  message: RpcMessage,
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
function withOwnHeaders(
  protocolHeaders: readonly HttpHeader[],
  { headers }: RemoteTarget,
  takenNames = ['Content-Type', 'Accept', 'Mcp-Session-Id', 'MCP-Protocol-Version'],
): readonly HttpHeader[] {
  const taken = new Set(takenNames.map(lower));
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

/**
 * Asks for a WebSocket as Claude Code does. A subprotocol in the headers of the target stands in the
 * place of its own.
 * @param key the nonce of this upgrade
 * @see RFC 6455 §4.1
 */
export function upgradeRequest(target: RemoteTarget, key: string): HttpRequestSpec {
  const hasOwn = target.headers.some(({ name }) => lower(name) === 'sec-websocket-protocol');
  const headers = [
    { name: 'Connection', value: 'Upgrade' },
    { name: 'Upgrade', value: 'websocket' },
    { name: 'Sec-WebSocket-Version', value: '13' },
    { name: 'Sec-WebSocket-Key', value: key },
    ...(hasOwn ? [] : [{ name: 'Sec-WebSocket-Protocol', value: subprotocol }]),
  ];
  return {
    method: 'GET',
    // curl below 8.16 knows no ws: that it would send messages over.
    url: requestUrl(target).replace(/^ws/, 'http'),
    headers: withOwnHeaders(headers, target, handshakeHeaders),
    isUpgrade: true,
  };
}

/** What Claude Code asks a server of type `ws` for, and insists on. */
export const subprotocol = 'mcp';

const handshakeHeaders = [
  'Connection',
  'Upgrade',
  'Sec-WebSocket-Version',
  'Sec-WebSocket-Key',
  'Sec-WebSocket-Extensions',
];

/** The socket that follows an upgrade; what the handshake needs is added to its headers. */
export function webSocketSpec(target: RemoteTarget): WebSocketSpec {
  const url = new URL(target.url);
  return {
    url: url.href.replace(/^http/, 'ws'),
    headers: withOwnHeaders([], target, [...handshakeHeaders, 'Sec-WebSocket-Protocol']),
    subprotocols: [subprotocol],
  };
}

/** The form in which curl sees no white space, no other script and nothing to expand. */
function requestUrl({ url }: RemoteTarget): string {
  return new URL(url).href;
}

function lower(name: string): string {
  return name.toLowerCase();
}
