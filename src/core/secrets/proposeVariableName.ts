import { isBlankedName } from '../config/dialects/blankedNames';
import { upperSnake } from '../config/variables';
import { wordsOf } from './credentialNames';
import { providers } from './providers';
import type { SecretKind, SecretMatch, SecretSlot } from './secretMatch';

/** What the name is made of; a placeholder has no issuer. */
type NamedSecret = Pick<
  SecretMatch,
  'where' | 'keyName' | 'defaultOf' | 'kind' | 'provider' | 'shownPrefix'
>;

/**
 * A name for the variable that takes the credential: the variable that holds it already, what its
 * key says, what its provider's documentation uses, or the server's name and what it is. Always
 * matches `[A-Za-z_][A-Za-z0-9_]*`, is not in `taken`, and reads as what it holds where it stands
 * (see {@link isBlankedName}).
 */
export function proposeVariableName(
  match: NamedSecret,
  slot: SecretSlot,
  serverName: string,
  taken: ReadonlySet<string>,
): string {
  const name = wantedName(match, slot, serverName);
  const isSent = slot.kind === 'url' || slot.kind === 'header';
  const base = isSent && isBlankedName(name) ? `MCP_${name}` : name;
  let candidate = base;
  for (let number = 2; taken.has(candidate); number++) {
    candidate = `${base}_${number}`;
  }
  return candidate;
}

function wantedName(match: NamedSecret, slot: SecretSlot, serverName: string): string {
  const { where, keyName, defaultOf, kind, provider, shownPrefix = '' } = match;
  if (defaultOf !== undefined) {
    return defaultOf;
  }
  if (slot.kind === 'env' && where === 'value') {
    return toName([slot.name]);
  }
  if (where === 'assignment' && keyName !== undefined && /^[A-Z_][A-Z0-9_]*$/.test(keyName)) {
    return keyName;
  }
  const server = serverWords(serverName);
  const key = keyWords(where === 'userinfo' ? undefined : keyName);
  const isTelling = key.some((word) => !genericWords.has(word));
  if (isTelling) {
    return toName([...key]);
  }
  const issuer = providers.find(
    ({ name, prefixes }) =>
      name === provider &&
      (shownPrefix === '' || prefixes.some((it) => it.startsWith(shownPrefix))),
  );
  if (issuer !== undefined && !saysMore(server, issuer.variable)) {
    return issuer.variable;
  }
  return toName([...server, ...credentialWords(key, kind)]);
}

/** Words that say what a credential is and not whose. */
const genericWords = new Set(
  (
    'x api key apikey access auth authorization authentication token bearer secret password ' +
    'passwd pass pwd pat client user app private code sig signature header value basic cookie id ' +
    'jwt personal credential credentials proxy service env u'
  ).split(' '),
);

function keyWords(keyName: string | undefined): readonly string[] {
  const words = wordsOf(keyName ?? '');
  return words[0] === 'x' ? words.slice(1) : words;
}

/** `io.github.acme/acme-mcp-server` → acme. */
function serverWords(serverName: string): readonly string[] {
  const words = wordsOf(toAscii(serverName.split('/').at(-1) ?? ''));
  const telling = words.filter((word) => !['', 'mcp', 'server'].includes(word));
  return telling.length > 0 ? telling.slice(0, 5) : ['mcp'];
}

/** The server is one of several of the same provider: `github work`. */
function saysMore(server: readonly string[], variable: string): boolean {
  const [provider = ''] = wordsOf(variable);
  return server.length > 1 && server.includes(provider);
}

const kindWords: Readonly<Record<SecretKind, string>> = {
  token: 'TOKEN',
  'api-key': 'API_KEY',
  password: 'PASSWORD',
  secret: 'SECRET',
  jwt: 'TOKEN',
  'private-key': 'PRIVATE_KEY',
  basic: 'BASIC_AUTH',
  cookie: 'COOKIE',
  'connection-string': 'PASSWORD',
  'capability-url': 'URL_TOKEN',
};

/** As the key says it (`client_secret`), where it says more than the scheme does. */
function credentialWords(key: readonly string[], kind: SecretKind): readonly string[] {
  const isCompound = key.length > 1 && !key.includes('authorization');
  return isCompound && kind !== 'basic' ? key : [kindWords[kind]];
}

function toName(words: readonly string[]): string {
  const name = upperSnake(toAscii(words.join('_'))).slice(0, 100);
  return name === '_' ? 'MCP_SECRET' : name;
}

/** `café` → cafe; other scripts give way to a space. */
function toAscii(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{ASCII}]+/gu, ' ');
}
