/**
 * Whether a curl of `version` reaches `hostname`, as it stands in a URL, without a proxy: names with
 * what is below them, addresses, networks such as `10.0.0.0/8`, or `*` and nothing else. Where curls
 * differ about an entry, it is no exception: nothing is to pass a proxy by that curl went through.
 * @see https://curl.se/docs/manpage.html#NOPROXY
 */
export function isExcluded(hostname: string, list: string, version: string): boolean {
  const host = hostname.toLowerCase().replace(/^\[|\]$/g, '');
  const entries = list.split(/[ \t,]+/).map((entry) => entry.toLowerCase());
  const address = readAddress(host);
  const isNewer = knowsNetworks(version);
  return (
    list === '*' ||
    entries.some((entry) =>
      address !== undefined && isNewer
        ? isInNetwork(address, entry)
        : isBelow(host, entry, isNewer),
    )
  );
}

/** The curl that was the first to read networks looks at the dot behind a name as well. */
function knowsNetworks(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 7 || (major === 7 && minor >= 86);
}

function isBelow(hostname: string, entry: string, isNewer: boolean): boolean {
  const host = hostname.replace(/\.$/, '');
  const name = (isNewer ? entry.replace(/\.$/, '') : entry).replace(/^\./, '');
  return name !== '' && (host === name || host.endsWith(`.${name}`));
}

/** A network without a length, or of length 0, is one address, as curl has it. */
function isInNetwork(address: string, entry: string): boolean {
  const [text = '', length = '0'] = entry.split('/');
  const shared = /^[0-9]+$/.test(length) ? Number(length) : 0;
  const network = readAddress(text);
  return (
    network !== undefined &&
    shared <= 32 &&
    network.slice(0, shared || 32) === address.slice(0, shared || 32)
  );
}

/** The bits of an address of version 4; `undefined` for anything else. */
function readAddress(text: string): string | undefined {
  if (!/^(?:0|[1-9][0-9]{0,2})(?:\.(?:0|[1-9][0-9]{0,2})){3}$/.test(text)) {
    return undefined;
  }
  const bytes = text.split('.').map(Number);
  return bytes.some((byte) => byte > 255)
    ? undefined
    : bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('');
}
