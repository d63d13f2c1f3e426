import { createServer, type Socket } from 'node:net';
import { closeServer, listen } from './curlTestServer';

/** What a server on bare TCP does once a request has come. */
export type Behaviour = (socket: Socket) => void;

export interface RawServer {
  readonly origin: string;
  /** How many connections there were. */
  readonly connections: number;
  close(): Promise<void>;
}

export async function startRawServer(behave: Behaviour): Promise<RawServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    socket.once('data', () => behave(socket));
  });
  const origin = `http://${await listen(server)}`;
  return {
    origin,
    get connections() {
      return sockets.size;
    },
    close() {
      sockets.forEach((socket) => socket.destroy());
      return closeServer(server);
    },
  };
}

/** Sends the same again and again, as long as somebody reads. */
export function forever(start: string, text: string): Behaviour {
  const again = text.repeat(Math.ceil(65_536 / text.length));
  return (socket) => {
    const more = () => {
      while (socket.write(again));
    };
    socket.on('drain', more);
    socket.write(start);
    more();
  };
}

/** Sends a little again and again. */
export function dripping(start: string, text: string): Behaviour {
  return (socket) => {
    socket.write(start);
    const drip = setInterval(() => socket.write(text), 20);
    socket.on('close', () => clearInterval(drip));
  };
}

export function once(...parts: readonly (string | Buffer)[]): Behaviour {
  return (socket) => {
    parts.forEach((part) => socket.write(part));
    socket.end();
  };
}
