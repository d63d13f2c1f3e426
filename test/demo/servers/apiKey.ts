import { type IncomingMessage } from 'node:http';
import { type DemoServer } from './demoServer';
import { isSameSecret } from './support/bearerAuth';
import { type DemoCredentials } from './support/credentials';
import { type Judgement, sendJson, serveHttp } from './support/serveHttp';
import { createMcpEndpoint } from './support/createMcpEndpoint';

/** Like most API-key servers it sends no challenge: there is no registered scheme to name. */
export const apiKey: DemoServer = {
  name: 'api-key',
  description: 'Streamable HTTP, accepts an X-API-Key together with its X-API-Secret',
  start: (host) =>
    serveHttp(host, () => {
      const answerMcp = createMcpEndpoint();
      return {
        judge: (request) => judgeApiKey(request, host.credentials),
        answer: (exchange) =>
          exchange.credential === 'right'
            ? answerMcp(exchange)
            : sendJson(exchange.response, 401, { error: 'Send X-API-Key and X-API-Secret' }),
      };
    }),
};

function judgeApiKey(request: IncomingMessage, accepted: DemoCredentials): Judgement {
  const key = header(request, 'x-api-key');
  const secret = header(request, 'x-api-secret');
  if (key === undefined && secret === undefined) return { credential: 'none' };
  const isRight = isSameSecret(key, accepted.apiKey) && isSameSecret(secret, accepted.apiSecret);
  return { credential: isRight ? 'right' : 'wrong' };
}

function header(request: IncomingMessage, name: string): string | undefined {
  return [request.headers[name]].flat()[0];
}
