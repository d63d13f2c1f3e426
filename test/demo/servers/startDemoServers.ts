import { demoServers } from './index';
import { type DemoHost, type DemoSettings, type Endpoint, type StdioCommand } from './demoServer';
import {
  createCredentials,
  credentialVariables,
  type DemoCredentials,
} from './support/credentials';
import { listenOnLoopback } from './support/listenOnLoopback';
import { ReceivedRequests } from './support/receivedRequests';

export interface DemoOptions extends Partial<DemoSettings> {
  /** The first of the consecutive ports to use; any free ports without it. */
  readonly portBase?: number;
  /** Fixed credentials instead of random ones. */
  readonly tokens?: Partial<DemoCredentials>;
}

export interface RunningDemoServer {
  readonly name: string;
  readonly description: string;
  readonly url?: string;
  readonly command?: StdioCommand;
  readonly received: ReceivedRequests;
}

export interface DemoServers {
  readonly servers: readonly RunningDemoServer[];
  /** The variables a demo workspace refers to. Secret: hand them to a process, never print them. */
  readonly env: Readonly<Record<string, string>>;
  /** @throws Error when there is no such server, or when it has no URL */
  url(name: string): string;
  /** @throws Error when there is no such server */
  received(name: string): ReceivedRequests;
  /** Lets every access token issued so far expire now, as if its time had passed. */
  expireAccessTokens(): void;
  /** Closes every port and connection at once; child processes end with their connection. */
  stop(): Promise<void>;
}

/**
 * Starts every server of the table on 127.0.0.1.
 * @throws PortInUseError when a port counted from `portBase` is taken; nothing stays running then
 */
export async function startDemoServers(options: DemoOptions = {}): Promise<DemoServers> {
  const { portBase, tokens, ...settings } = options;
  const credentials = createCredentials(tokens);
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(stops.splice(0).map((stopOne) => stopOne()));
  };

  const expirations: (() => void)[] = [];
  let nextPort = portBase ?? 0;
  const host: Omit<DemoHost, 'received'> = {
    credentials,
    settings: { autoApprove: false, accessTokenTtlSeconds: 3600, ...settings },
    listen: async (server) => {
      const listening = await listenOnLoopback(server, nextPort);
      stops.push(listening.stop);
      if (portBase !== undefined) nextPort += 1;
      return listening.port;
    },
    onExpireAccessTokens: (expire) => void expirations.push(expire),
  };

  const servers: RunningDemoServer[] = [];
  try {
    // One after the other, so that the ports counted from portBase are always the same.
    for (const { name, description, start } of demoServers) {
      const received = new ReceivedRequests();
      const endpoint: Endpoint = await start({ ...host, received });
      servers.push({ name, description, received, ...endpoint });
    }
  } catch (error) {
    await stop();
    throw error;
  }

  function find(name: string): RunningDemoServer {
    const server = servers.find((candidate) => candidate.name === name);
    if (server === undefined) throw new Error(`There is no demo server "${name}"`);
    return server;
  }

  return {
    servers,
    env: credentialVariables(credentials),
    url: (name) => {
      const { url } = find(name);
      if (url === undefined) throw new Error(`The demo server "${name}" is started, not called`);
      return url;
    },
    received: (name) => find(name).received,
    expireAccessTokens: () => expirations.forEach((expire) => expire()),
    stop,
  };
}
