import type { ProxyInUse } from './httpRunner';
import { isExcluded } from './proxyExceptions';

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

/** What stands between curl and a server besides the environment. */
export interface SettingRoute {
  /** Of the settings; it stands in the place of the environment's. */
  readonly proxy: string;
  readonly noProxy: string;
}

/**
 * The proxy that a curl of `version` goes through to reach `url`. A WebSocket is upgraded from http,
 * so that the same proxy counts for it.
 */
export function proxyInUse(
  url: string,
  env: Environment,
  route: SettingRoute | undefined,
  version: string,
): ProxyInUse | undefined {
  if (route === undefined) {
    return environmentProxy(url, env, version);
  }
  return isExcluded(new URL(url).hostname, route.noProxy, version)
    ? undefined
    : { host: proxyHost(route.proxy), from: 'http.proxy' };
}

/**
 * The proxy that curl takes from its environment for `url`; a variable that is empty is none.
 * @see https://curl.se/docs/manpage.html#ENVIRONMENT
 */
export function environmentProxy(
  url: string,
  env: Environment,
  version: string,
): ProxyInUse | undefined {
  const { protocol, hostname } = new URL(url);
  const names = proxyVariables[/^(?:https|wss):$/.test(protocol) ? 'https:' : 'http:'];
  const name = names.find((name) => (env[name] ?? '') !== '');
  if (name === undefined || isExcluded(hostname, exceptionsIn(env), version)) {
    return undefined;
  }
  return { host: proxyHost(env[name] ?? ''), from: name };
}

function exceptionsIn(env: Environment): string {
  return env['no_proxy'] || env['NO_PROXY'] || '';
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
): SettingRoute | undefined {
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
  const fromEnv = exceptionsIn(env).split(/[\s,]+/);
  const hosts = ['localhost', '127.0.0.1', '::1', ...own, ...fromEnv];
  return { proxy: url, noProxy: hosts.filter((host) => /^[^\s,]+$/.test(host)).join(',') };
}

/** `host:port` of the address of a proxy, without its credential. */
function proxyHost(proxy: string): string {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
  return URL.canParse(url) ? new URL(url).host : 'an address that cannot be read';
}

/** What of the addresses of proxies must not be shown: with the user, alone, and as curl sends it. */
export function proxyCredentials(proxies: readonly string[]): readonly string[] {
  const found = proxies.flatMap((proxy) => {
    const [, userInfo] = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/?#]*)@/i.exec(proxy) ?? [];
    if (userInfo === undefined) {
      return [];
    }
    const plain = decode(userInfo);
    const password = decode(userInfo.slice(userInfo.indexOf(':') + 1));
    return [plain, password, encode(plain)];
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
