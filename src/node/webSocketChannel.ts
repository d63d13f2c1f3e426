import { readFileSync } from 'node:fs';
import { WebSocket, type ClientOptions } from 'ws';
import type { MessageChannel, WebSocketSpec } from '../core/tokenTest/messageChannel';
import { MessageQueue, type ChannelLimits } from './messageQueue';

const maxMessageBytes = 1024 * 1024;

/** How long a server may take to close its side, also behind a close frame of its own. */
const graceMs = 500;

/** While more than this waits to be sent, pings get no answer. */
const maxBufferedBytes = 64 * 1024;

/** A socket by the `ws` package: it follows no redirect, unpacks nothing and asks no proxy. */
export function openWebSocket(
  spec: WebSocketSpec,
  env: Readonly<NodeJS.ProcessEnv>,
  limits: ChannelLimits & { readonly connectTimeoutMs: number },
): MessageChannel {
  let socket: WebSocket | undefined;
  const queue = new MessageQueue(limits, () => socket?.terminate());
  const unsent: string[] = [];
  const closed = queue.hasEnded ? Promise.resolve() : connect();

  function connect(): Promise<void> {
    try {
      socket = createSocket(spec, env, limits.connectTimeoutMs);
    } catch (error) {
      queue.finish({ kind: 'not-opened', code: 'SYNTAX', detail: messageOf(error) });
      return Promise.resolve();
    }
    return watch(socket, queue, unsent);
  }

  function answer(message: string): void {
    if (socket?.readyState === WebSocket.CONNECTING) {
      unsent.push(message);
    } else if (socket?.readyState === WebSocket.OPEN) {
      socket.send(message);
    }
  }

  return {
    send(message) {
      queue.restart();
      answer(message);
    },
    answer,
    receive: () => queue.receive(),
    async close() {
      const timer = setTimeout(() => socket?.terminate(), graceMs);
      socket?.close(1000);
      await closed;
      clearTimeout(timer);
      queue.finish({ kind: 'closed', code: 1000, detail: '' });
    },
    errorOutput: () => '',
  };
}

function createSocket(
  { url, headers, subprotocols, insecure = false }: WebSocketSpec,
  env: Readonly<NodeJS.ProcessEnv>,
  handshakeTimeout: number,
): WebSocket {
  const ca = readCertificates(env);
  // The types do not know closeTimeout.
  const options: ClientOptions & { readonly closeTimeout: number } = {
    headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
    handshakeTimeout,
    maxPayload: maxMessageBytes,
    followRedirects: false,
    perMessageDeflate: false,
    autoPong: false,
    closeTimeout: graceMs,
    rejectUnauthorized: !insecure,
    ...(ca !== undefined && { ca }),
  };
  return new WebSocket(url, [...subprotocols], options);
}

/** Settles when the socket is gone. */
function watch(socket: WebSocket, queue: MessageQueue, unsent: string[]): Promise<void> {
  let failure: Error | undefined;
  let isOpen = false;
  socket.on('open', () => {
    isOpen = true;
    unsent.splice(0).forEach((message) => socket.send(message));
  });
  // Claude Code reads messages of either kind.
  socket.on('message', (data: Buffer) => {
    if (queue.count(data.length)) {
      queue.push(data.toString('utf8'));
    }
  });
  socket.on('ping', (data) => {
    if (queue.count(data.length) && socket.bufferedAmount < maxBufferedBytes) {
      socket.pong(data);
    }
  });
  socket.on('pong', (data) => queue.count(data.length));
  socket.on('error', (error) => {
    failure = error;
    if (codeOf(error) === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') {
      queue.finish({ kind: 'too-large' });
    }
  });
  return new Promise((resolve) => {
    socket.on('close', (code, reason) => {
      if (isOpen) {
        const flaw = failure === undefined ? {} : { flaw: messageOf(failure) };
        queue.finish({ kind: 'closed', code, detail: reason.toString('utf8'), ...flaw });
      } else {
        const detail = failure === undefined ? '' : messageOf(failure);
        queue.finish({ kind: 'not-opened', code: codeOf(failure) ?? 'UNKNOWN', detail });
      }
      resolve();
    });
  });
}

/** The file that curl took its certificates from; without one, those of this editor count. */
function readCertificates(env: Readonly<NodeJS.ProcessEnv>): string | undefined {
  const path = env.CURL_CA_BUNDLE || env.SSL_CERT_FILE;
  try {
    return path ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

function codeOf(error: Error | undefined): string | undefined {
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
