import type { JsonObject } from '../base/jsonObject';
import type { StepName } from './tokenTestOutcome';

/** A message as it goes to a server; one without an id owes no answer. */
export interface RpcMessage {
  readonly jsonrpc: '2.0';
  readonly id?: number;
  readonly method: StepName;
  readonly params?: JsonObject;
}

/** A message that is answered. */
export interface RpcRequest extends RpcMessage {
  readonly id: number;
}

/** The newest version with the `initialize` handshake. */
const offeredVersion = '2025-11-25';

const clientInfo = { name: 'mcp-auth-setup', version: '1' };

/** Opens a session. @see Model Context Protocol 2025-11-25, Lifecycle */
export const initializeMessage: RpcRequest = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: offeredVersion, capabilities: {}, clientInfo },
};

/** The code of an error. @see JSON-RPC 2.0 §5.1 */
export const methodNotFound = -32601;

/** Tells the server that `initialize` was understood. */
export const initializedMessage: RpcMessage = {
  jsonrpc: '2.0',
  method: 'notifications/initialized',
};

/** The first page of the server's tools. */
export const toolsListMessage: RpcRequest = { jsonrpc: '2.0', id: 2, method: 'tools/list' };

/** A further page. @param page counted from 1 */
export function nextToolsMessage(cursor: string, page: number): RpcRequest {
  return { ...toolsListMessage, id: 100 + page, params: { cursor } };
}

/** A name that no server has for a tool: calling it does nothing, whoever may call. */
export const absentTool = 'mcp-auth-setup-probe-no-such-tool';

export const absentToolMessage: RpcRequest = {
  jsonrpc: '2.0',
  id: 3,
  method: 'tools/call',
  params: { name: absentTool, arguments: {} },
};

/** Asks what a server of the stateless revision can do. @see Model Context Protocol 2026-07-28, Discovery */
export const discoverMessage: RpcRequest = { jsonrpc: '2.0', id: 4, method: 'server/discover' };

/** The first version in which every request stands alone. */
export const statelessVersion = '2026-07-28';

/** The message with what a stateless server wants to know about its client each time. */
export function stateless(request: RpcRequest): RpcRequest {
  const prefix = 'io.modelcontextprotocol';
  const about = {
    [`${prefix}/protocolVersion`]: statelessVersion,
    [`${prefix}/clientInfo`]: clientInfo,
    [`${prefix}/clientCapabilities`]: {},
  };
  return { ...request, params: { ...request.params, _meta: about } };
}
