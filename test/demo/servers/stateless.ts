import { type DemoServer } from './demoServer';
import { judgeBearer, refuseBearer } from './support/bearerAuth';
import { createStatelessEndpoint } from './support/createStatelessEndpoint';
import { serveHttp } from './support/serveHttp';

export const stateless: DemoServer = {
  name: 'stateless',
  description: 'Streamable HTTP of 2026-07-28 without sessions, accepts one bearer token',
  start: (host) =>
    serveHttp(host, () => {
      const answerMcp = createStatelessEndpoint('reject');
      return {
        judge: (request) => judgeBearer(request, host.credentials.bearerToken),
        answer: (exchange) =>
          exchange.credential === 'right'
            ? answerMcp(exchange)
            : refuseBearer(exchange.response, exchange),
      };
    }),
};
