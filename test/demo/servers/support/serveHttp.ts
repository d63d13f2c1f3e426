import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import { json } from 'node:stream/consumers';
import { type DemoHost } from '../demoServer';
import { type Credential, rpcMethodOf } from './receivedRequests';

/** What a request's credential is worth; `scopes` only where tokens have them. */
export interface Judgement {
  readonly credential: Credential;
  readonly scopes?: ReadonlySet<string>;
  /** What is wrong with the proof of a token that is good. @see RFC 9449 section 7.1 */
  readonly proofError?: 'invalid_dpop_proof' | 'use_dpop_nonce';
}

export interface Exchange extends Judgement {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  /** The parsed JSON of the body, `undefined` when there is none. */
  readonly body: unknown;
}

/** The two questions every server answers: is this credential good, and what follows from it. */
export interface HttpBehaviour {
  judge(request: IncomingMessage): Judgement | Promise<Judgement>;
  answer(exchange: Exchange): void | Promise<void>;
}

/**
 * Serves one behaviour on a loopback port of its own and records each request before answering.
 * The behaviour is made after the port is known, because metadata and challenges name it.
 */
export async function serveHttp(
  host: DemoHost,
  describe: (origin: string) => HttpBehaviour | Promise<HttpBehaviour>,
  { path = '/mcp', tls }: { readonly path?: string; readonly tls?: ServerOptions } = {},
): Promise<{ readonly url: string }> {
  const server = tls === undefined ? createServer() : createTlsServer(tls);
  const port = await host.listen(server);
  const origin = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
  const behaviour = await describe(origin);

  async function exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = pathOf(request);
    const judgement = await behaviour.judge(request);
    const body = await json(request).catch(() => undefined);
    host.received.add({
      method: request.method ?? '',
      url,
      headerNames: Object.keys(request.headers),
      credential: judgement.credential,
      rpcMethod: rpcMethodOf(body),
    });
    await behaviour.answer({ ...judgement, request, response, path: url, body });
  }

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    exchange(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  return { url: `${origin}${path}` };
}

export function pathOf(request: IncomingMessage): string {
  return new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
}

/** Answers with a status and a short JSON body. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
