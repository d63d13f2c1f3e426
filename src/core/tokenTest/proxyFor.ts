type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether curl would go through a proxy to reach `url`, by the environment alone.
 * @see https://curl.se/docs/manpage.html#ENVIRONMENT
 */
export function hasProxyFor(url: string, env: Environment): boolean {
  const { protocol, hostname } = new URL(url);
  const isSecure = protocol === 'https:' || protocol === 'wss:';
  // HTTP_PROXY in capitals is passed over: a CGI script gets it from a request.
  const own = isSecure ? (env['https_proxy'] ?? env['HTTPS_PROXY']) : env['http_proxy'];
  const proxy = own ?? env['all_proxy'] ?? env['ALL_PROXY'] ?? '';
  return proxy !== '' && !isExcepted(hostname, env['no_proxy'] ?? env['NO_PROXY'] ?? '');
}

/** Names and what is below them, addresses as they are written, or `*` alone for everything. */
function isExcepted(hostname: string, list: string): boolean {
  const host = bare(hostname);
  return list
    .split(/[\s,]+/)
    .map((entry) => bare(entry.replace(/^\./, '')))
    .some(
      (entry) => entry === '*' || (entry !== '' && (host === entry || host.endsWith(`.${entry}`))),
    );
}

function bare(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}
