import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { createIssueTracker } from './issueTracker';
import { type Exchange, sendJson } from './serveHttp';

/**
 * Answers MCP over Streamable HTTP without sessions: each POST gets a server of its own, so there
 * is no state to lose and nothing for a GET to listen to.
 * @param format how answers are sent; clients have to understand both
 */
export function createMcpEndpoint(
  format: 'json' | 'event-stream' = 'json',
): (exchange: Exchange) => Promise<void> {
  const tracker = createIssueTracker();
  return async ({ request, response, body }) => {
    if (request.method !== 'POST') {
      sendJson(response, 405, { error: 'Use POST' }, { Allow: 'POST' });
      return;
    }
    const server = tracker.createServer();
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: format === 'json' });
    response.once('close', () => void server.close());
    await server.connect(transport);
    // The body is read already: undefined would make the transport wait for it a second time.
    await transport.handleRequest(request, response, body ?? null);
  };
}
