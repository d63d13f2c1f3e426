import { createCredentials } from './support/credentials';
import { createKnownClients, type KnownClients } from './support/knownClients';
import { listenOnLoopback } from './support/listenOnLoopback';
import { demoScopes, oauthProtected } from './support/oauthProtected';
import { type OAuthSwitches, usualSwitches } from './support/oauthSwitches';
import { type OAuthRequestSeen } from './support/receivedOAuth';
import { ReceivedRequests } from './support/receivedRequests';
import { serveHttp } from './support/serveHttp';
import {
  type AuthorizationServer,
  startAuthorizationServer,
} from './support/startAuthorizationServer';

export interface OAuthWorldOptions extends Partial<OAuthSwitches> {
  /** How many authorization servers the MCP server names; each knows the same clients. */
  readonly issuers?: number;
}

/** An MCP server and those that issue its tokens, on origins of their own. */
export interface OAuthWorld {
  /** Of the MCP server. */
  readonly url: string;
  /** The issuer identifiers, in the order in which the MCP server names them. */
  readonly issuers: readonly string[];
  readonly clients: KnownClients;
  /** What the MCP server was sent. */
  readonly received: ReceivedRequests;
  /** What every issuer was sent, whatever the path. */
  readonly receivedByIssuers: ReceivedRequests;
  /** The requests to an endpoint of an issuer. @param endpoint such as `token` or `registration` */
  seen(endpoint: string, issuer?: number): readonly OAuthRequestSeen[];
  expireAccessTokens(): void;
  /** Whether an access token is taken by the MCP server, or a refresh token by its issuer. */
  isAlive(token: string): Promise<boolean>;
  stop(): Promise<void>;
}

/** Starts everything a sign-in needs on 127.0.0.1. Consent is given at once unless said otherwise. */
export async function startOAuthWorld({
  issuers: count = 1,
  ...differences
}: OAuthWorldOptions = {}): Promise<OAuthWorld> {
  const switches = { ...usualSwitches, consent: 'allow' as const, ...differences };
  const introductions = createKnownClients();
  const stops: (() => Promise<void>)[] = [];
  const expirations: (() => void)[] = [];
  const host = {
    credentials: createCredentials(),
    settings: { autoApprove: true, accessTokenTtlSeconds: switches.accessTokenTtlSeconds },
    listen: async (server: Parameters<typeof listenOnLoopback>[0]) => {
      const { port, stop } = await listenOnLoopback(server, 0);
      stops.push(stop);
      return port;
    },
    onExpireAccessTokens: (expire: () => void) => void expirations.push(expire),
  };
  const received = new ReceivedRequests();
  const receivedByIssuers = new ReceivedRequests();
  const issuers: AuthorizationServer[] = [];
  const { url } = await serveHttp({ ...host, received }, async (origin) => {
    const resource = { resource: `${origin}/mcp`, scopes: demoScopes };
    while (issuers.length < count) {
      const place = { ...host, received: receivedByIssuers };
      issuers.push(await startAuthorizationServer(place, resource, switches, introductions));
    }
    return oauthProtected(origin, issuers, switches);
  });

  return {
    url,
    issuers: issuers.map(({ origin }) => origin),
    clients: introductions.clients,
    received,
    receivedByIssuers,
    seen: (endpoint, issuer = 0) =>
      issuers[issuer]?.seen.filter((request) => request.endpoint === endpoint) ?? [],
    expireAccessTokens: () => expirations.forEach((expire) => expire()),
    isAlive: async (token) => {
      for (const issuer of issuers) {
        if ((await issuer.findAccessToken(token)) !== undefined) return true;
        if (await issuer.isRefreshTokenAlive(token)) return true;
      }
      return false;
    },
    stop: async () => {
      await Promise.all(stops.splice(0).map((stop) => stop()));
    },
  };
}
