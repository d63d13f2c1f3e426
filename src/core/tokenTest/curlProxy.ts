import type { ProxyInUse } from './httpRunner';

/** The environment of curl. */
type Environment = Readonly<Record<string, string | undefined>>;

/** The proxy of the editor's settings. */
export interface ProxySetting {
  /** `http://user:password@host:port`; the scheme may be missing. */
  readonly url: string;
  /** Hosts to reach without it. */
  readonly noProxy: readonly string[];
}

/** In curl's order for each scheme; `HTTP_PROXY` is none of them, as a server's CGI would set it. */
const proxyVariables = {
  'http:': ['http_proxy', 'all_proxy', 'ALL_PROXY'],
  'https:': ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'],
} as const;

/** The proxy that curl takes from its environment for `url`. @see https://curl.se/docs/manpage.html#ENVIRONMENT */
export function environmentProxy(url: string, env: Environment): ProxyInUse | undefined {
  const { protocol, hostname } = new URL(url);
  const names = proxyVariables[protocol === 'https:' ? 'https:' : 'http:'];
  const name = names.find((name) => (env[name] ?? '') !== '');
  if (name === undefined || isExcluded(hostname, env['no_proxy'] ?? env['NO_PROXY'] ?? '')) {
    return undefined;
  }
  return { host: proxyHost(env[name] ?? ''), from: name };
}

/** Whether the environment says anything about proxies: then the setting does not count. */
export function namesProxy(env: Environment): boolean {
  return Object.values(proxyVariables)
    .flat()
    .some((name) => (env[name] ?? '') !== '');
}

/** The setting as curl takes it; `undefined` where it is empty or no address of a proxy. */
export function routeBySetting(
  setting: ProxySetting | undefined,
  env: Environment,
): { readonly proxy: string; readonly noProxy: string } | undefined {
  const text = setting?.url.trim() ?? '';
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (
    text === '' ||
    !URL.canParse(url) ||
    !/^(?:https?|socks[45]?[ah]?):$/.test(new URL(url).protocol)
  ) {
    return undefined;
  }
  const own = (setting?.noProxy ?? []).map((host) => host.trim().replace(/^\*(?=\.)/, ''));
  const fromEnv = env['no_proxy'] ?? env['NO_PROXY'] ?? '';
  const hosts = ['localhost', '127.0.0.1', '::1', ...own, ...fromEnv.split(/[\s,]+/)];
  return { proxy: url, noProxy: hosts.filter((host) => /^[^\s,]+$/.test(host)).join(',') };
}

/** Whether `hostname` is in a list such as `localhost,.corp.example`; `*` stands for all. */
export function isExcluded(hostname: string, list: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  return list.split(/[\s,]+/).some((entry) => {
    const name = entry.toLowerCase().replace(/^\./, '').replace(/\.$/, '');
    return entry === '*' || (name !== '' && (host === name || host.endsWith(`.${name}`)));
  });
}

/** `host:port` of the address of a proxy, without its credential. */
export function proxyHost(proxy: string): string {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
  return URL.canParse(url) ? new URL(url).host : 'an address that cannot be read';
}

/** What of the address of a proxy must not be shown, in the forms in which it may come back. */
export function proxyCredentials(proxies: readonly string[]): readonly string[] {
  const found = proxies.flatMap((proxy) => {
    const [, userInfo] = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/?#]*)@/i.exec(proxy) ?? [];
    if (userInfo === undefined) {
      return [];
    }
    const plain = decode(userInfo);
    const password = (text: string) => text.slice(text.indexOf(':') + 1);
    return [userInfo, plain, password(userInfo), password(plain), encode(plain)];
  });
  return [...new Set(found)].filter((text) => text.length >= 3);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function encode(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
