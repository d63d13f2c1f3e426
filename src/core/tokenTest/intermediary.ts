import { headerValue, type HttpExchange } from './httpExchange';
import { isHtml } from './mcpAnswer';

/** Who answered in place of the server. */
export interface Intermediary {
  /** `proxy` stands before this computer, `firewall` before the server. */
  readonly by: 'proxy' | 'firewall';
  /** As its users know it; `undefined` where only its kind is known. */
  readonly product: string | undefined;
}

/** Signs of one product. One that holds is enough. */
interface Row extends Intermediary {
  /** Headers that only it sends, with what stands in them. */
  readonly headers?: readonly (readonly [name: string, value: RegExp])[];
  /** What its own pages say, title included. */
  readonly page?: RegExp;
  /** Its host, to which it redirects. */
  readonly host?: RegExp;
}

/** In the order of asking: a proxy's page may quote the firewall behind it, not the other way round. */
const rows: readonly Row[] = [
  {
    by: 'proxy',
    product: 'Zscaler',
    headers: [['server', /^zscaler/i]],
    page: /Internet Security by Zscaler|gateway\.z(?:scaler|scloud)/i,
    host: /\.(?:zscaler(?:one|two|three|gov|beta)?\.net|zscloud\.net|zscaler\.com)$/,
  },
  {
    by: 'proxy',
    product: 'Blue Coat (Symantec)',
    headers: [['server', /^BlueCoat/i]],
    page: /\bBlue ?Coat\b|Symantec Web Security Service/i,
    host: /\.(?:bluecoat|threatpulse)\.(?:com|net)$/,
  },
  {
    by: 'proxy',
    product: 'Squid',
    headers: [
      ['x-squid-error', /./],
      ['server', /^squid\b/i],
    ],
    page: /<title>ERROR: The requested URL could not be retrieved/i,
  },
  {
    by: 'proxy',
    product: 'Forcepoint',
    headers: [['server', /^(?:Forcepoint|Websense)/i]],
    page: /\bForcepoint\b|\bWebsense\b|blockpage\.cgi/i,
  },
  {
    by: 'proxy',
    product: 'Netskope',
    page: /<title>[^<]{0,60}Netskope|\.goskope\.com|Netskope (?:Notification|Inc)/i,
    host: /\.(?:goskope|netskope)\.com$/,
  },
  {
    by: 'proxy',
    product: 'Fortinet',
    page: /Web Filter Violation|FortiGuard|FortiGate Application Control/i,
  },
  {
    by: 'proxy',
    product: 'McAfee Web Gateway (Trellix, Skyhigh)',
    page: /McAfee Web Gateway|\/mwg-internal\/|Skyhigh Secure Web Gateway|Trellix/i,
  },
  {
    by: 'proxy',
    product: 'Cisco Umbrella',
    headers: [['server', /^OpenDNS/i]],
    page: /Cisco Umbrella|block\.opendns\.com/i,
    host: /\.opendns\.com$/,
  },
  {
    by: 'proxy',
    product: 'Palo Alto Networks',
    page: /has been blocked in accordance with company policy/i,
  },
  {
    by: 'firewall',
    product: 'Cloudflare',
    headers: [['cf-mitigated', /./]],
    page: /<title>(?:Attention Required! \||Just a moment|Access denied \|[^<]{0,80}Cloudflare)/i,
  },
  { by: 'firewall', product: 'AWS WAF', headers: [['x-amzn-waf-action', /./]] },
  {
    by: 'firewall',
    product: 'Amazon CloudFront',
    page: /Request blocked\.[^]{0,400}cloudfront/i,
  },
  { by: 'firewall', product: 'Akamai', page: /errors\.edgesuite\.net/i },
  { by: 'firewall', product: 'Imperva', page: /_Incapsula_Resource|Incapsula incident ID/i },
  {
    by: 'firewall',
    product: 'Sucuri',
    headers: [['x-sucuri-block', /./]],
    page: /Sucuri Web ?Site Firewall/i,
  },
  {
    by: 'firewall',
    product: 'F5 BIG-IP',
    page: /The requested URL was rejected\.[^]{0,200}support ID/i,
  },
  { by: 'firewall', product: 'ModSecurity', page: /\bMod_?Security\b/i },
  {
    by: 'proxy',
    product: undefined,
    headers: [
      ['proxy-agent', /./],
      ['proxy-connection', /./],
    ],
  },
];

/** Pages say who they are at their beginning. */
const pageLength = 16_384;

/**
 * Who gave this answer if not the server; for one that holds no answer to an MCP request. A server
 * behind a proxy is no sign of it: what only passes through keeps its own headers and pages.
 */
export function findIntermediary(exchange: HttpExchange): Intermediary | undefined {
  const { status = 0 } = exchange;
  // A challenge comes from whoever is to read the credential, and a missing path from the server.
  if (status === 401 || status === 404) {
    return undefined;
  }
  // Of no server, but of a network that wants a sign-in first. @see RFC 6585 §6
  if (status === 511) {
    return { by: 'proxy', product: undefined };
  }
  const isRedirect = status >= 300 && status < 400;
  const page = isHtml(exchange) ? exchange.body.slice(0, pageLength) : '';
  const row = rows.find((row) =>
    isRedirect
      ? row.host?.test(locationHost(exchange))
      : hasHeader(row, exchange, page) || row.page?.test(page),
  );
  return row && { by: row.by, product: row.product };
}

/** A header that several products send says something together with a page only. */
function hasHeader({ headers = [], product }: Row, exchange: HttpExchange, page: string): boolean {
  return (
    (product !== undefined || page !== '') &&
    headers.some(([name, value]) => value.test(headerValue(exchange, name) ?? ''))
  );
}

function locationHost(exchange: HttpExchange): string {
  const location = headerValue(exchange, 'location') ?? '';
  return URL.canParse(location) ? new URL(location).hostname : '';
}
