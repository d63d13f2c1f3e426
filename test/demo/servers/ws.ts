import { createServer, type IncomingMessage, STATUS_CODES } from 'node:http';
import { type Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { type DemoHost, type DemoServer, type Endpoint } from './demoServer';
import { bearerChallenge, judgeBearer } from './support/bearerAuth';
import { createIssueTracker } from './support/issueTracker';
import { type Credential, rpcMethodOf } from './support/receivedRequests';
import { pathOf, sendJson } from './support/serveHttp';
import { WebSocketTransport } from './support/webSocketTransport';

export const ws: DemoServer = {
  name: 'ws',
  description: 'WebSocket with subprotocol mcp, checks one bearer token at the upgrade',
  start: serveWebSocket,
};

async function serveWebSocket(host: DemoHost): Promise<Endpoint> {
  const tracker = createIssueTracker();
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => offered.has('mcp') && 'mcp',
  });

  function record(request: IncomingMessage, credential: Credential): void {
    host.received.add({
      method: 'GET',
      url: pathOf(request),
      headerNames: Object.keys(request.headers),
      credential,
      rpcMethod: undefined,
    });
  }

  function serve(socket: WebSocket, url: string): void {
    const transport = new WebSocketTransport(socket);
    transport.onmessage = (message) =>
      host.received.add({
        method: 'WS',
        url,
        headerNames: [],
        credential: 'right',
        rpcMethod: rpcMethodOf(message),
      });
    void tracker.createServer().connect(transport);
  }

  const server = createServer((request, response) => {
    record(request, judgeBearer(request, host.credentials.bearerToken).credential);
    sendJson(response, 426, { error: 'Use a WebSocket' }, { Upgrade: 'websocket' });
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { credential } = judgeBearer(request, host.credentials.bearerToken);
    record(request, credential);
    if (credential === 'right') {
      sockets.handleUpgrade(request, socket, head, (opened) => serve(opened, pathOf(request)));
    } else {
      refuseUpgrade(socket, credential);
    }
  });
  return { url: `ws://127.0.0.1:${await host.listen(server)}/mcp` };
}

/** Node leaves the answer to a refused upgrade to us, down to the status line. */
function refuseUpgrade(socket: Duplex, credential: Credential): void {
  const error = credential === 'wrong' ? { error: 'invalid_token' } : {};
  const head = [
    `HTTP/1.1 401 ${STATUS_CODES[401]}`,
    `WWW-Authenticate: ${bearerChallenge({ realm: 'demo', ...error })}`,
    'Content-Length: 0',
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n`);
}
