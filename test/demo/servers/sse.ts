import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import { type DemoServer } from './demoServer';
import { judgeBearer, refuseBearer } from './support/bearerAuth';
import { createIssueTracker } from './support/issueTracker';
import { type Exchange, type HttpBehaviour, sendJson, serveHttp } from './support/serveHttp';

export const sse: DemoServer = {
  name: 'sse',
  description: 'The older HTTP+SSE transport, accepts one bearer token',
  start: (host) => serveHttp(host, () => serveSse(host.credentials.bearerToken), { path: '/sse' }),
};

/** A GET opens the event stream, whose first event names the place to POST messages to. */
function serveSse(acceptedToken: string): HttpBehaviour {
  const tracker = createIssueTracker();
  const sessions = new Map<string, SSEServerTransport>();

  async function openStream({ response }: Exchange): Promise<void> {
    const transport = new SSEServerTransport('/messages', response);
    sessions.set(transport.sessionId, transport);
    response.once('close', () => sessions.delete(transport.sessionId));
    await tracker.createServer().connect(transport);
  }

  async function postMessage({ request, response, body }: Exchange): Promise<void> {
    const { searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const session = sessions.get(searchParams.get('sessionId') ?? '');
    if (session === undefined) {
      sendJson(response, 404, { error: 'There is no such session' });
      return;
    }
    await session.handlePostMessage(request, response, body ?? null);
  }

  return {
    judge: (request) => judgeBearer(request, acceptedToken),
    answer: (exchange) => {
      if (exchange.credential !== 'right') return refuseBearer(exchange.response, exchange);
      switch (`${exchange.request.method} ${exchange.path}`) {
        case 'GET /sse':
          return openStream(exchange);
        case 'POST /messages':
          return postMessage(exchange);
        default:
          return sendJson(exchange.response, 405, { error: 'GET /sse first' }, { Allow: 'GET' });
      }
    },
  };
}
