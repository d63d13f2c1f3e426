import type { HttpHeader, HttpRequestSpec } from './httpRunner';
import {
  initializeMessage,
  stateless,
  statelessVersion,
  type RpcMessage,
  type RpcRequest,
} from './mcpMessages';
import type { WebSocketSpec } from './messageChannel';
import type { RemoteTarget } from './tokenTestTarget';

/** What `initialize` agreed on. */
export interface McpSession {
  readonly id: string | undefined;
  readonly protocolVersion: string;
}

/** Opens a session; the version stands in the body and in no header. */
export function initializeRequest(target: RemoteTarget): HttpRequestSpec {
  return post(target, requestUrl(target), [], initializeMessage);
}

/** A message within a session. */
export function sessionRequest(
  target: RemoteTarget,
  session: McpSession,
  message: RpcMessage,
): HttpRequestSpec {
  return post(target, requestUrl(target), sessionHeaders(session), message);
}

/** Gives the session back. @see Model Context Protocol 2025-11-25, Transports, Session Management */
export function endSessionRequest(target: RemoteTarget, session: McpSession): HttpRequestSpec {
  return {
    method: 'DELETE',
    url: requestUrl(target),
    headers: withOwnHeaders(sessionHeaders(session), target),
  };
}

/** Opens the event stream of the older transport. @see Model Context Protocol 2024-11-05, Transports */
export function eventStreamRequest(target: RemoteTarget): HttpRequestSpec {
  return {
    method: 'GET',
    url: requestUrl(target),
    headers: withOwnHeaders([{ name: 'Accept', value: 'text/event-stream' }], target),
  };
}

/**
 * A message, or the text of one, to the place that an event stream named; `session` is known after
 * `initialize`.
 */
export function endpointRequest(
  target: RemoteTarget,
  endpoint: string,
  session: McpSession | undefined,
  message: RpcMessage | string,
): HttpRequestSpec {
  return post(target, endpoint, session ? sessionHeaders(session) : [], message);
}

/**
 * A request that stands alone, as every one does from version 2026-07-28 on.
 * @see Model Context Protocol 2026-07-28, Streamable HTTP, Request Metadata
 */
export function statelessRequest(target: RemoteTarget, request: RpcRequest): HttpRequestSpec {
  const name = request.params?.['name'];
  const headers = [
    { name: 'MCP-Protocol-Version', value: statelessVersion },
    { name: 'Mcp-Method', value: request.method },
    ...(typeof name === 'string' ? [{ name: 'Mcp-Name', value: name }] : []),
  ];
  return post(target, requestUrl(target), headers, stateless(request));
}

function post(
  target: RemoteTarget,
  url: string,
  metadata: readonly HttpHeader[],
  message: RpcMessage | string,
): HttpRequestSpec {
  const headers = [
    { name: 'Content-Type', value: 'application/json' },
    { name: 'Accept', value: 'application/json, text/event-stream' },
    ...metadata,
  ];
  return {
    method: 'POST',
    url,
    headers: withOwnHeaders(headers, target),
    body: typeof message === 'string' ? message : JSON.stringify(message),
  };
}

function sessionHeaders(session: McpSession): readonly HttpHeader[] {
  const version = { name: 'MCP-Protocol-Version', value: session.protocolVersion };
  return session.id === undefined
    ? [version]
    : [{ name: 'Mcp-Session-Id', value: session.id }, version];
}

/** As Claude Code sends them: the protocol's own headers win, names that differ in case are joined. */
export function withOwnHeaders(
  protocolHeaders: readonly HttpHeader[],
  { headers }: RemoteTarget,
  takenNames = alwaysTaken,
): readonly HttpHeader[] {
  const protocolNames = protocolHeaders.map(({ name }) => name);
  const taken = new Set([...takenNames, ...protocolNames].map(lower));
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

/** No header of an entry counts for these, whether the protocol sends them or not. */
const alwaysTaken = ['Content-Type', 'Accept', 'Mcp-Session-Id', 'MCP-Protocol-Version'];

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
export function requestUrl({ url }: RemoteTarget): string {
  return new URL(url).href;
}

function lower(name: string): string {
  return name.toLowerCase();
}
