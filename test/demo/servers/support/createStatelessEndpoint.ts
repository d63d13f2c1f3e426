import { createMcpHandler } from '@modelcontextprotocol/server';
import { createRoomBooking } from './roomBooking';
import { type Exchange } from './serveHttp';

/**
 * Answers MCP of 2026-07-28, in which every request stands alone.
 * @param legacy what becomes of `initialize`: refused, or answered as older clients expect it
 */
export function createStatelessEndpoint(
  legacy: 'reject' | 'stateless',
): (exchange: Pick<Exchange, 'request' | 'response' | 'body'>) => Promise<void> {
  const { fetch: answerMcp } = createMcpHandler(createRoomBooking, { legacy });
  return async ({ request, response, body }) => {
    const { url = '/', method = 'GET', headers } = request;
    const pairs = Object.entries(headers).flatMap(([name, value]) =>
      [value ?? []].flat().map((one): [string, string] => [name, one]),
    );
    const asked = new Request(new URL(url, `http://${headers.host}`), { method, headers: pairs });
    // The body is read already and goes beside the request.
    const answer = await answerMcp(asked, { parsedBody: body });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(await answer.text());
  };
}
