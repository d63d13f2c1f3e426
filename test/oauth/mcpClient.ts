import { isObject, type JsonObject } from '../../src/core/base/jsonObject';
import {
  initializedMessage,
  initializeMessage,
  stateless,
  statelessVersion,
  toolsListMessage,
  type RpcMessage,
  type RpcRequest,
} from '../../src/core/tokenTest/mcpMessages';

export interface McpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
}

export interface McpClient {
  open(): Promise<void>;
  /** The names of the first page. */
  listTools(): Promise<readonly string[]>;
  callTool(name: string): Promise<void>;
}

/** Speaks either revision of the protocol over what `send` authorizes. */
export function startMcpClient(
  serverUrl: string,
  protocolVersion: string,
  send: (
    method: 'POST',
    headers: Readonly<Record<string, string>>,
    body: string,
  ) => Promise<McpAnswer>,
): McpClient {
  const isStateless = protocolVersion === statelessVersion;
  let session: Readonly<Record<string, string>> = {};

  async function post(message: RpcMessage): Promise<McpAnswer> {
    const name = message.params?.['name'];
    const answer = await send(
      'POST',
      {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...session,
        ...(isStateless && {
          'mcp-protocol-version': statelessVersion,
          'mcp-method': message.method,
          ...(typeof name === 'string' && { 'mcp-name': name }),
        }),
      },
      JSON.stringify(isStateless ? stateless(message as RpcRequest) : message),
    );
    if (answer.status >= 300) {
      throw new Error(`${message.method} was answered with ${answer.status} at ${serverUrl}.`);
    }
    return answer;
  }

  async function ask(message: RpcRequest): Promise<JsonObject> {
    const { body, headers } = await post(message);
    const isStream = headers['content-type']?.[0]?.startsWith('text/event-stream') === true;
    const texts = isStream
      ? body.split('\n').flatMap((line) => /^data: ?(.*)$/.exec(line)?.[1] ?? [])
      : [body];
    const messages = texts.map((text): unknown => JSON.parse(text)).filter(isObject);
    const result = messages.find(({ id }) => id === message.id)?.['result'];
    if (!isObject(result)) {
      throw new Error(`${message.method} has no result.`);
    }
    return result;
  }

  return {
    async open() {
      if (isStateless) {
        return;
      }
      const { headers } = await post(initializeMessage);
      const [id] = headers['mcp-session-id'] ?? [];
      session = {
        'mcp-protocol-version': '2025-11-25',
        ...(id !== undefined && { 'mcp-session-id': id }),
      };
      await post(initializedMessage);
    },
    async listTools() {
      const { tools } = await ask(toolsListMessage);
      const names = Array.isArray(tools) ? tools.filter(isObject).map(({ name }) => name) : [];
      return names.filter((name) => typeof name === 'string');
    },
    async callTool(name) {
      const params = { name, arguments: {} };
      await ask({ jsonrpc: '2.0', id: 3, method: 'tools/call', params });
    },
  };
}
