import { type DemoServer } from './demoServer';
import { judgeBearer } from './support/bearerAuth';
import { serveHttp } from './support/serveHttp';

export const hang: DemoServer = {
  name: 'hang',
  description: 'Takes the request and never answers',
  start: (host) =>
    serveHttp(host, () => ({
      judge: (request) => judgeBearer(request, host.credentials.bearerToken),
      answer: () => undefined,
    })),
};
