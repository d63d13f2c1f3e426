import { type Server } from 'node:net';
import { type DemoCredentials } from './support/credentials';
import { type ReceivedRequests } from './support/receivedRequests';

/** One row of the table in index.ts: a server that does exactly one thing. */
export interface DemoServer {
  readonly name: string;
  readonly description: string;
  start(host: DemoHost): Promise<Endpoint>;
}

/** Where a client finds a server: at a URL, or as a program to start. */
export type Endpoint = { readonly url: string } | { readonly command: StdioCommand };

export interface StdioCommand {
  readonly command: string;
  readonly args: readonly string[];
}

export interface DemoSettings {
  /** Approve every authorization request at once instead of showing a page with two buttons. */
  readonly autoApprove: boolean;
  readonly accessTokenTtlSeconds: number;
}

/** What a server is given to run on; whatever it listens with is closed when the demo stops. */
export interface DemoHost {
  readonly credentials: DemoCredentials;
  readonly settings: DemoSettings;
  readonly received: ReceivedRequests;
  /**
   * Listens on 127.0.0.1 and gives the port.
   * @throws PortInUseError when another program has the port that was asked for.
   */
  listen(server: Server): Promise<number>;
  /** Says how to let every access token issued so far expire, for those who cannot wait. */
  onExpireAccessTokens(expire: () => void): void;
}
