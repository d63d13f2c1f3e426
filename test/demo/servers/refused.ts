import { once } from 'node:events';
import { createServer } from 'node:net';
import { type DemoServer } from './demoServer';

/** The last row, so that no later one is given the port it lets go of. */
export const refused: DemoServer = {
  name: 'refused',
  description: 'Nothing listens on this port',
  start: async (host) => {
    const server = createServer();
    const port = await host.listen(server);
    server.close();
    await once(server, 'close');
    return { url: `http://127.0.0.1:${port}/mcp` };
  },
};
