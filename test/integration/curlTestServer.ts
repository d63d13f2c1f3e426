import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Server } from 'node:net';

export interface ReceivedRequest {
  readonly method: string | undefined;
  readonly path: string | undefined;
  /** Name, value, name, value: as they came. */
  readonly rawHeaders: readonly string[];
  /** Of the JSON-RPC message. */
  readonly rpcMethod: string | undefined;
}

export type Handler = (response: ServerResponse, request: ReceivedRequest) => void;

/** A server on loopback that keeps what it was sent. */
export interface TestServer {
  readonly origin: string;
  readonly received: readonly ReceivedRequest[];
  close(): Promise<void>;
}

export async function startServer(handle: Handler): Promise<TestServer> {
  const received: ReceivedRequest[] = [];
  const server = createServer((request, response) => {
    void readRequest(request).then((read) => {
      received.push(read);
      handle(response, read);
    });
  });
  const origin = `http://${await listen(server)}`;
  return {
    origin,
    received,
    async close() {
      server.closeAllConnections();
      await closeServer(server);
    },
  };
}

/** Listens on a free port of 127.0.0.1. */
export async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export async function closeServer(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}

async function readRequest(request: IncomingMessage): Promise<ReceivedRequest> {
  let body = '';
  for await (const part of request) {
    body += String(part);
  }
  const { method, url: path, rawHeaders } = request;
  const message = body === '' ? undefined : (JSON.parse(body) as { method: string });
  return { method, path, rawHeaders, rpcMethod: message?.method };
}

/** Answers with JSON. */
export function json(value: unknown, headers: Readonly<Record<string, string>> = {}): Handler {
  return (response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', ...headers });
    response.end(JSON.stringify(value));
  };
}

/** Answers with a status and nothing else. */
export function status(code: number, headers: Readonly<Record<string, string>> = {}): Handler {
  return (response) => response.writeHead(code, headers).end();
}

/** Answers each JSON-RPC method in its way, the end of the session under its HTTP method. */
export function mcpServer(handlers: Readonly<Record<string, Handler>>): Handler {
  return (response, request) => {
    const handle = handlers[request.rpcMethod ?? request.method ?? ''] ?? status(202);
    handle(response, request);
  };
}

export const initialized = {
  jsonrpc: '2.0',
  id: 1,
  result: {
    protocolVersion: '2025-06-18',
    capabilities: { tools: {} },
    serverInfo: { name: 'tracker', version: '1' },
  },
};

export const tools = {
  jsonrpc: '2.0',
  id: 2,
  result: { tools: [{ name: 'search' }, { name: 'open' }] },
};
