import { type DemoServer } from './demoServer';
import { judgeBearer } from './support/bearerAuth';
import { serveHttp } from './support/serveHttp';
import { createMcpEndpoint } from './support/createMcpEndpoint';

/** The credential is looked at for the record only: a wrong one is answered like a right one. */
export const open: DemoServer = {
  name: 'open',
  description: 'Streamable HTTP, answers anybody and ignores credentials',
  start: (host) =>
    serveHttp(host, () => ({
      judge: (request) => judgeBearer(request, host.credentials.bearerToken),
      answer: createMcpEndpoint('event-stream'),
    })),
};
