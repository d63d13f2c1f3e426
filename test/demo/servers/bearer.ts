import { type DemoServer } from './demoServer';
import { bearerProtected } from './support/bearerProtected';
import { serveHttp } from './support/serveHttp';

export const bearer: DemoServer = {
  name: 'bearer',
  description: 'Streamable HTTP, accepts one bearer token',
  start: (host) => serveHttp(host, () => bearerProtected(host)),
};
