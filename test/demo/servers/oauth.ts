import { type DemoServer } from './demoServer';
import { demoScopes, oauthProtected } from './support/oauthProtected';
import { type OAuthSwitches, usualSwitches } from './support/oauthSwitches';
import { serveHttp } from './support/serveHttp';
import { startAuthorizationServer } from './support/startAuthorizationServer';

/** Servers that differ in what their authorization server can do. */
export const oauthServers: readonly DemoServer[] = [
  oauthServer('oauth', 'accepts access tokens of its authorization server, with step-up', {}),
  oauthServer('oauth-device', 'the same, also with a code that is entered elsewhere', {
    device: true,
  }),
  oauthServer('oauth-no-registration', 'the same, for the client demo-public alone', {
    registration: false,
  }),
  oauthServer('oauth-short', 'the same, with access tokens that live for a minute', {
    accessTokenTtlSeconds: 60,
  }),
];

function oauthServer(
  name: string,
  description: string,
  differences: Partial<OAuthSwitches>,
): DemoServer {
  return {
    name,
    description: `Streamable HTTP, ${description}`,
    start: (host) =>
      serveHttp(host, async (origin) => {
        const { accessTokenTtlSeconds, autoApprove } = host.settings;
        const switches = {
          ...usualSwitches,
          accessTokenTtlSeconds,
          ...(autoApprove && { consent: 'allow' as const }),
          ...differences,
        };
        const resource = { resource: `${origin}/mcp`, scopes: demoScopes };
        const issuer = await startAuthorizationServer(host, resource, switches);
        return oauthProtected(origin, [issuer], switches);
      }),
  };
}
