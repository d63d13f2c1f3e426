import { type DemoServer } from './demoServer';
import { bearerProtected } from './support/bearerProtected';
import { serveHttp } from './support/serveHttp';

/** The usual move of an endpoint: the new place is on the same origin. */
export const redirect = redirecting('redirect', '302 to another path, where a bearer token works');

/**
 * The same move to what counts as another host. A client that takes the Authorization header
 * along shows it here: the second request is recorded too.
 */
export const redirectHost = redirecting(
  'redirect-host',
  '302 to another host name, localhost, where a bearer token works',
  'localhost',
);

function redirecting(name: string, description: string, hostname = '127.0.0.1'): DemoServer {
  return {
    name,
    description,
    start: (host) =>
      serveHttp(host, (origin) => {
        const target = new URL('/v2/mcp', origin);
        target.hostname = hostname;
        const moved = bearerProtected(host);
        return {
          judge: moved.judge,
          answer: (exchange) =>
            exchange.path === target.pathname
              ? moved.answer(exchange)
              : void exchange.response.writeHead(302, { Location: target.href }).end(),
        };
      }),
  };
}
