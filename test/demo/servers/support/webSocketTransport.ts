import { type Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { type JSONRPCMessage, JSONRPCMessageSchema } from '@modelcontextprotocol/sdk/types.js';
import { type RawData, type WebSocket } from 'ws';

/** MCP over an open WebSocket, on either side of it: one JSON-RPC message per text frame. */
export class WebSocketTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  start(): Promise<void> {
    this.#socket.on('message', (data) => this.#receive(data));
    this.#socket.on('close', () => this.onclose?.());
    this.#socket.on('error', (error) => this.onerror?.(error));
    return Promise.resolve();
  }

  send(message: JSONRPCMessage): Promise<void> {
    this.#socket.send(JSON.stringify(message));
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.#socket.close();
    return Promise.resolve();
  }

  #receive(data: RawData): void {
    try {
      this.onmessage?.(JSONRPCMessageSchema.parse(JSON.parse(String(data))));
    } catch {
      this.#socket.close(1007, 'Expected a JSON-RPC message');
    }
  }
}
