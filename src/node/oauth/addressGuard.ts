import { lookup as lookUp } from 'node:dns';
import { lookup as lookUpAll } from 'node:dns/promises';
import { BlockList, connect as connectTcp, isIP, type LookupFunction } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { oneLine } from '../../core/base/text';
import { addressRanges, isReachable, type AddressKind } from '../../core/oauth/addressPolicy';
import { HttpFailure } from '../../core/oauth/ports';
import { isLoopback } from '../../core/oauth/urlPolicy';

/** All addresses of a name, in the order in which they are tried. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

export const resolveBySystem: Resolve = async (hostname) =>
  (await lookUpAll(hostname, { all: true })).map(({ address }) => address);

const lists = addressRanges.map(({ network, prefix, family, kind }) => {
  const list = new BlockList();
  list.addSubnet(network, prefix, family);
  return { list, family, kind };
});

/** The kind of an IP address, which may have a zone (`%eth0`). */
export function kindOf(address: string): AddressKind {
  const bare = address.replace(/%.*$/, '');
  const family = isIP(bare) === 6 ? 'ipv6' : 'ipv4';
  // BlockList takes mapped addresses for IPv4 ones in either direction; each list is for one family.
  const match = lists.find((row) => row.family === family && row.list.check(bare, family));
  return match?.kind ?? 'public';
}

/**
 * Decides which addresses a request may connect to, and sees to it that it connects to no others:
 * what was checked is what the socket is given, and a name is not looked up again.
 */
export class AddressGuard {
  #serverKind: Promise<AddressKind> | undefined;

  /** @param server The MCP server as the user has configured it, which may be anywhere. */
  constructor(
    private readonly server: URL,
    private readonly resolve: Resolve,
  ) {}

  /**
   * For hosts that are IP addresses, which no socket looks up.
   * @throws HttpFailure
   */
  async checkLiteral(url: URL, signal: AbortSignal): Promise<void> {
    const host = bareHost(url);
    if (isIP(host) !== 0) {
      await this.#check(url, [host], signal);
    }
  }

  /** The option `lookup` of a socket that goes to the host of `url`. */
  lookupFor(url: URL, signal: AbortSignal): LookupFunction {
    return (hostname, options, callback) => {
      if (hostname !== url.hostname) {
        // The proxy that the user has set up: the editor goes there instead of where we wanted to.
        lookUp(hostname, options, callback);
        return;
      }
      const found = this.resolve(hostname).then(async (addresses) => {
        if (addresses.length === 0) {
          throw Object.assign(new Error('no address'), { code: 'ENOTFOUND' });
        }
        await this.#check(url, addresses, signal);
        return addresses.map((address) => ({ address, family: isIP(address) }));
      });
      found.then(
        (all) =>
          options.all ? callback(null, all) : callback(null, all[0]?.address ?? '', all[0]?.family),
        (error: Error) => callback(error, ''),
      );
    };
  }

  async #check(url: URL, addresses: readonly string[], signal: AbortSignal): Promise<void> {
    const kinds = addresses.map(kindOf);
    const isPlain = url.protocol === 'http:';
    for (const kind of new Set(kinds)) {
      const isFine =
        isPlain && kind !== 'loopback' ? false : await this.#mayReach(kind, url, signal);
      if (!isFine) {
        const sentence = `${oneLine(url.host)} is at the ${kindWords[kind]} ${oneLine(addresses[kinds.indexOf(kind)] ?? '', 60)}, where a sign-in to ${oneLine(this.server.host)} has nothing to do. Nothing was sent.`;
        throw new HttpFailure('refused-address', sentence);
      }
    }
  }

  async #mayReach(kind: AddressKind, url: URL, signal: AbortSignal): Promise<boolean> {
    if (kind === 'public' || kind === 'special') {
      return kind === 'public';
    }
    if (url.host === this.server.host) {
      return true;
    }
    this.#serverKind ??= this.#findServerKind(signal);
    const serverKind = await this.#serverKind;
    if (serverKind === 'public') {
      // Also the answer when the server could not be asked, which may be another time.
      this.#serverKind = undefined;
    }
    return isReachable(kind, serverKind);
  }

  /**
   * Where the server is. A name says it only by an address that proves with its certificate to be
   * the server: otherwise its owner could name an address of ours to be let in there.
   */
  async #findServerKind(signal: AbortSignal): Promise<AddressKind> {
    const host = bareHost(this.server);
    if (isIP(host) !== 0) {
      return kindOf(host);
    }
    try {
      const [address] = await this.resolve(this.server.hostname);
      const kind = address === undefined ? 'public' : kindOf(address);
      const isProved = kind === 'public' || (await isServerAt(this.server, address ?? '', signal));
      return isProved ? kind : 'public';
    } catch {
      return 'public';
    }
  }
}

const kindWords: Readonly<Record<AddressKind, string>> = {
  public: 'public address',
  private: 'private address',
  loopback: 'loopback address',
  'link-local': 'link-local address',
  special: 'special-purpose address',
};

function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

/** Whether `address` holds a certificate for `server`; of plain http, only this machine can. */
function isServerAt(server: URL, address: string, signal: AbortSignal): Promise<boolean> {
  if (server.protocol !== 'https:') {
    return Promise.resolve(isLoopback(server.hostname) && kindOf(address) === 'loopback');
  }
  const port = Number(server.port || 443);
  return new Promise((resolve) => {
    const tcp = connectTcp({ host: address, port, signal });
    const socket = connectTls({
      socket: tcp,
      servername: server.hostname,
      rejectUnauthorized: true,
    });
    const answer = (isServer: boolean) => {
      resolve(isServer);
      socket.destroy();
      tcp.destroy();
    };
    tcp.on('error', () => answer(false));
    socket.on('secureConnect', () => answer(true)).on('error', () => answer(false));
    socket.on('close', () => answer(false));
  });
}
