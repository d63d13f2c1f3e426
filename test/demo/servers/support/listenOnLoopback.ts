import { once } from 'node:events';
import { type AddressInfo, type Server, type Socket } from 'node:net';

export class PortInUseError extends Error {
  constructor(readonly port: number) {
    super(
      `Port ${port} on 127.0.0.1 is already in use. ` +
        'End the program that uses it, or start the demo servers with another portBase.',
    );
    this.name = 'PortInUseError';
  }
}

export interface Listening {
  readonly port: number;
  /** Stops listening and cuts every connection, also upgraded and hanging ones. */
  stop(): Promise<void>;
}

/**
 * Listens on 127.0.0.1; port 0 takes any free one.
 * @throws PortInUseError
 */
export async function listenOnLoopback(server: Server, port: number): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    throw isPortInUse(error) ? new PortInUseError(port) : error;
  }
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      // http.Server.closeAllConnections forgets upgraded sockets, so WebSockets would live on.
      const closed = server.listening ? once(server, 'close') : undefined;
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function isPortInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
