import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type DemoHost, type DemoServer } from './demoServer';
import { type Credential } from './support/receivedRequests';
import { digestToken, type StdioReport } from './support/runStdioServer';

/**
 * The client starts the process, not the demo. The process reports back over loopback, so a test
 * can also prove that nobody started it.
 */
export const stdio: DemoServer = {
  name: 'stdio',
  description: 'A child process that lists its tools once DEMO_STDIO_TOKEN is set',
  start: async (host) => {
    const port = await host.listen(createServer((socket) => readReports(socket, host)));
    const script = join(import.meta.dirname, 'stdioServer.mjs');
    return { command: { command: 'node', args: [script, String(port)] } };
  },
};

function readReports(socket: Socket, { received, credentials }: DemoHost): void {
  const accepted = digestToken(credentials.stdioToken);
  let method = 'START';
  createInterface({ input: socket }).on('line', (line) => {
    const { tokenDigest, rpcMethod } = JSON.parse(line) as StdioReport;
    const credential = judgeDigest(tokenDigest, accepted);
    received.add({ method, url: '', headerNames: [], credential, rpcMethod });
    method = 'STDIO';
  });
  // A child that ends cuts its connection; that is news, not a fault of the demo.
  socket.on('error', () => socket.destroy());
  socket.on('end', () => socket.end());
}

function judgeDigest(given: string | undefined, accepted: string): Credential {
  if (given === undefined) return 'none';
  return given === accepted ? 'right' : 'wrong';
}
