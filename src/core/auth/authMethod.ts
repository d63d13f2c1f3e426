import type { McpServer, NamedValue } from '../config/mcpConfig';

/** How a server is told who is asking, as far as its entry shows. */
export type AuthMethod =
  | 'oauth'
  | 'bearer'
  | 'api-key'
  | 'basic'
  | 'custom-headers'
  | 'headers-helper'
  | 'url'
  | 'environment'
  | 'arguments'
  | 'mtls-wrapper'
  | 'mcp-remote'
  | 'none';

/** As the tree and reports name it. */
export const authMethodLabels: Readonly<Record<AuthMethod, string>> = {
  oauth: 'OAuth',
  bearer: 'Bearer',
  'api-key': 'API key',
  basic: 'Basic',
  'custom-headers': 'Custom headers',
  'headers-helper': 'Headers helper',
  url: 'In the URL',
  environment: 'Environment',
  arguments: 'Arguments',
  'mtls-wrapper': 'mTLS wrapper',
  'mcp-remote': 'mcp-remote',
  none: 'No auth',
};

const credentialWord =
  /(?:^|[^a-z])(?:token|key|apikey|secret|passw(?:or)?d|pat|auth|credentials?)(?:$|[^a-z])/i;

/** `Cookie`, `Proxy-Authorization`, `Authentication`; `Authorization` itself is looked at before. */
const credentialHeader = /(?:^|-)(?:cookie|authorization|authentication)$/i;

/**
 * The method of an entry. A remote server without any credential signs in by OAuth: the client
 * starts the flow when the server answers 401.
 */
export function detectAuthMethod(server: McpServer): AuthMethod {
  return server.transport === 'stdio' ? detectForStdio(server) : detectForRemote(server);
}

function detectForRemote(server: McpServer): AuthMethod {
  const { headers, headersHelper, url, transport } = server;
  if (headersHelper?.value) {
    return 'headers-helper';
  }
  const authorization = headers.find(({ name }) => name.toLowerCase() === 'authorization');
  if (authorization?.value.value.trim()) {
    return schemeMethod(authorization);
  }
  if (headers.some(({ name }) => /api-?_?key/i.test(name))) {
    return 'api-key';
  }
  if (headers.some(({ name }) => isCredentialName(name) || isCredentialHeader(name))) {
    return 'custom-headers';
  }
  if (url !== undefined && hasCredential(url.value)) {
    return 'url';
  }
  // A socket knows no OAuth, and a fixed header, though empty, turns it off.
  const hasOAuth = transport !== 'ws' && authorization === undefined;
  return url !== undefined && hasOAuth ? 'oauth' : 'none';
}

function schemeMethod({ value }: NamedValue): AuthMethod {
  const [scheme = '', rest] = value.value.trim().toLowerCase().split(/\s+/, 2);
  if (scheme === 'basic') {
    return 'basic';
  }
  return scheme === 'bearer' || rest === undefined ? 'bearer' : 'custom-headers';
}

function detectForStdio({ args, env, command }: McpServer): AuthMethod {
  const words = args.map(({ value }) => value);
  if ([command?.value ?? '', ...words].some((word) => /(?:^|[/\\])mcp-remote(?:@|$)/.test(word))) {
    return 'mcp-remote';
  }
  if (words.some(isFlag('cert')) && words.some(isFlag('key'))) {
    return 'mtls-wrapper';
  }
  if (words.some((word) => word.startsWith('-') && isCredentialName(word.split('=')[0] ?? ''))) {
    return 'arguments';
  }
  return env.some(({ name }) => isCredentialName(name)) ? 'environment' : 'none';
}

function isFlag(name: string): (word: string) => boolean {
  return (word) => word === `--${name}` || word.startsWith(`--${name}=`);
}

function isCredentialHeader(name: string): boolean {
  return credentialHeader.test(name) && name.toLowerCase() !== 'authorization';
}

/** `GITHUB_TOKEN`, `X-API-Key`, `--access-token`, but not `MONKEY` or `KEYBOARD_LAYOUT`. */
export function isCredentialName(name: string): boolean {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').replace(/_/g, '-');
  return credentialWord.test(words);
}

function hasCredential(url: string): boolean {
  const [address = '', query = ''] = url.split('?', 2);
  const hasUserInfo = /^[a-z]+:\/\/[^/@]+@/i.test(address);
  return hasUserInfo || query.split('&').some((pair) => isCredentialName(pair.split('=')[0] ?? ''));
}
