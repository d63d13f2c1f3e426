import { assertNever } from '../base/assertNever';
import { oneLine } from '../base/text';
import { HttpFailure } from './ports';
import { judgeUrl } from './urlPolicy';

/** What can be met under an address. Of `special` ones nothing that a sign-in could talk to. */
export type AddressKind = 'public' | 'private' | 'loopback' | 'link-local' | 'special';

export interface AddressRange {
  readonly network: string;
  /** Length in bits. */
  readonly prefix: number;
  readonly family: 'ipv4' | 'ipv6';
  readonly kind: AddressKind;
}

type Row = readonly [network: string, prefix: number, kind: AddressKind];

/** @see RFC 6890 and the IANA registry of special-purpose addresses */
const ipv4Rows: readonly Row[] = [
  ['0.0.0.0', 8, 'special'],
  ['10.0.0.0', 8, 'private'],
  // Shared by carriers, and what VPNs such as Tailscale give out.
  ['100.64.0.0', 10, 'private'],
  ['127.0.0.0', 8, 'loopback'],
  ['169.254.0.0', 16, 'link-local'],
  ['172.16.0.0', 12, 'private'],
  ['192.0.0.0', 24, 'special'],
  ['192.0.2.0', 24, 'special'],
  ['192.88.99.0', 24, 'special'],
  ['192.168.0.0', 16, 'private'],
  // For benchmarks; local proxies answer with it for every name.
  ['198.18.0.0', 15, 'private'],
  ['198.51.100.0', 24, 'special'],
  ['203.0.113.0', 24, 'special'],
  ['224.0.0.0', 4, 'special'],
  ['240.0.0.0', 4, 'special'],
];

const ipv6Rows: readonly Row[] = [
  ['::1', 128, 'loopback'],
  ['fe80::', 10, 'link-local'],
  ['fc00::', 7, 'private'],
  ['fec0::', 10, 'private'],
  ['64:ff9b:1::', 48, 'private'],
  // Protocol assignments with Teredo, documentation, 6to4: tunnels hide where they lead.
  ['2001::', 23, 'special'],
  ['2001:db8::', 32, 'special'],
  ['2002::', 16, 'special'],
  ['3fff::', 20, 'special'],
  // Whatever is no global unicast address.
  ['::', 3, 'special'],
  ['4000::', 2, 'special'],
  ['8000::', 1, 'special'],
];

/** IPv6 networks whose last 32 bits are an IPv4 address: mapped ones, and NAT64 of RFC 6052. */
const ipv4Carriers = ['::ffff:', '64:ff9b::'];

/** The first range that has an address says its kind; an address in none is public. */
export const addressRanges: readonly AddressRange[] = [
  ...ipv4Rows.map(toRange('ipv4')),
  ...ipv4Carriers.flatMap((carrier) => [
    ...ipv4Rows.map(([network, prefix, kind]) =>
      toRange('ipv6')([`${carrier}${network}`, 96 + prefix, kind]),
    ),
    toRange('ipv6')([`${carrier}0.0.0.0`, 96, 'public']),
  ]),
  ...ipv6Rows.map(toRange('ipv6')),
];

function toRange(family: AddressRange['family']): (row: Row) => AddressRange {
  return ([network, prefix, kind]) => ({ network, prefix, family, kind });
}

/**
 * What a sign-in may reach beside its MCP server, by where that server is: whoever runs it writes
 * the addresses, and must not lead us deeper into a network than the user went by configuring it.
 * A program on this machine could go to private addresses without us.
 */
const reachableFrom: Readonly<Record<AddressKind, readonly AddressKind[]>> = {
  public: ['public'],
  private: ['public', 'private'],
  loopback: ['public', 'private', 'loopback'],
  'link-local': ['public', 'link-local'],
  special: ['public'],
};

/** @see RFC 9728 §7.7 */
export function isReachable(kind: AddressKind, server: AddressKind): boolean {
  return reachableFrom[server].includes(kind);
}

/**
 * An address of a sign-in, in the form that `URL` gives it and without what is never sent: https, or
 * http on this machine. Whether the server may lead there depends on the IP address.
 * @throws HttpFailure
 * @see OAuth 2.1 §1.5
 */
export function parseOAuthUrl(text: string): URL {
  const judged = judgeUrl(text.replace(/#.*$/s, ''), true);
  if (judged.kind === 'allowed') {
    return judged.url;
  }
  switch (judged.problem) {
    case 'scheme': {
      const scheme = oneLine(new URL(text).protocol, 40);
      throw refusedScheme(`The address starts with "${scheme}". A sign-in uses https alone.`);
    }
    case 'not-encrypted':
      throw refusedScheme(
        `${oneLine(new URL(text).host)} is addressed with http. Everything sent there can be read on the way; a sign-in needs https.`,
      );
    case 'user-info': {
      const sentence = `The address of ${oneLine(new URL(text).host)} has a user name or a password in it.`;
      throw new HttpFailure('refused-address', sentence);
    }
    case 'unreadable':
    case 'fragment':
    case 'this-machine':
      throw refusedScheme(`"${oneLine(text, 80)}" is not a web address.`);
    default:
      return assertNever(judged.problem);
  }
}

function refusedScheme(sentence: string): HttpFailure {
  return new HttpFailure('refused-scheme', sentence);
}
