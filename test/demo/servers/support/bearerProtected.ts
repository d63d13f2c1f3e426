import { type DemoHost } from '../demoServer';
import { judgeBearer, refuseBearer } from './bearerAuth';
import { createMcpEndpoint } from './createMcpEndpoint';
import { type HttpBehaviour } from './serveHttp';

/** An MCP server that answers whoever has the one bearer token, and challenges everybody else. */
export function bearerProtected({ credentials }: DemoHost): HttpBehaviour {
  const answerMcp = createMcpEndpoint();
  return {
    judge: (request) => judgeBearer(request, credentials.bearerToken),
    answer: (exchange) =>
      exchange.credential === 'right'
        ? answerMcp(exchange)
        : refuseBearer(exchange.response, exchange),
  };
}
