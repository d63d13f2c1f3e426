import type { SecretKind } from './secretMatch';

/** What a name promises about its value. */
export interface CredentialName {
  readonly kind: SecretKind;
  /** `auth` or a bare `key` names modes and identifiers as often: the value must look the part. */
  readonly isVague: boolean;
}

/** The last word of a name that holds a credential. `MAX_TOKENS`, `TOKEN_URL` end otherwise. */
const lastWords: ReadonlyMap<string, CredentialName> = new Map([
  ...certain('token', 'token', 'jwt', 'bearer', 'pat', 'authorization', 'sessdata'),
  ...certain('api-key', 'key', 'apikey', 'appkey', 'authkey'),
  ...certain('password', 'password', 'passwd', 'pwd', 'pass', 'passphrase', 'passcode'),
  ...certain('password', 'passwort', 'senha', 'contrasena', 'contraseña', 'pw', 'mnemonic'),
  ...certain('secret', 'secret', 'secretkey', 'clientsecret'),
  ...certain('cookie', 'cookie', 'cookies'),
  ...vague('token', 'auth', 'sig', 'signature'),
  ...vague('secret', 'credential', 'credentials', 'creds'),
]);

/** Words that mean a credential behind some others only: `ACCESS_CODE`, not `STATUS_CODE`. */
const codes: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['code', new Set(['access', 'pass', 'pin', 'security', 'backup', 'recovery', 'unlock'])],
  ['seed', new Set(['otp', 'totp', 'hotp', 'mfa', 'wallet'])],
  ['pin', new Set(['wallet', 'card', 'account', 'login', 'user', 'device', 'unlock', 'sim'])],
]);

/** Endings of names written as one word: `PGPASSWORD`, `accesstoken`. */
const endings: readonly (readonly [ending: string, kind: SecretKind])[] = [
  ['password', 'password'],
  ['passwd', 'password'],
  ['passphrase', 'password'],
  ['token', 'token'],
  ['apikey', 'api-key'],
  ['accesskey', 'api-key'],
  ['secretkey', 'secret'],
  ['privatekey', 'private-key'],
  ['secret', 'secret'],
];

/** `<this> KEY` identifies something; it opens nothing. */
const identifyingKeys = new Set(
  (
    'public publishable anon primary foreign sort partition cache project issue site space hot ' +
    'shortcut object row group map index idempotency translation storage registry config column ' +
    'field parent measurement event routing session resource host pub known file'
  ).split(' '),
);

/** Words behind the one that counts: `API_KEY_PROD`, `TOKEN_2`. */
const trailingWords = new Set(
  (
    'dev development prod production staging stage test testing live sandbox local main default ' +
    'value primary secondary backup base64 b64'
  ).split(' '),
);

/** The words of a name, lower case: `exaApiKey`, `X-API-Key`, `--api-key`. */
export function wordsOf(name: string): readonly string[] {
  return name
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

const known = new Map<string, CredentialName | undefined>();

/** What a value under this name is, or `undefined` where the name announces no credential. */
export function readCredentialName(name: string): CredentialName | undefined {
  if (known.has(name)) {
    return known.get(name);
  }
  if (known.size >= maxKnown) {
    known.clear();
  }
  const read = readName(name);
  known.set(name, read);
  return read;
}

/** A file uses few names many times over; a hostile one shall not fill the memory. */
const maxKnown = 1000;

function readName(name: string): CredentialName | undefined {
  if (isPublicName(name)) {
    return undefined;
  }
  const words = wordsOf(name).map((word) => word.replace(/\d+$/, ''));
  const last = words.findLastIndex((word) => word !== '' && !trailingWords.has(word));
  const word = words[last] ?? '';
  const before = words[last - 1];
  if (word === 'key' || word === 'keys') {
    return readKeyName(word, before);
  }
  if (word === 'tokens') {
    return before === 'api' || before === 'auth' ? { kind: 'token', isVague: true } : undefined;
  }
  const code = before === undefined ? undefined : codes.get(word);
  if (code?.has(before ?? '') === true) {
    return { kind: 'password', isVague: false };
  }
  const known = lastWords.get(word);
  if (known !== undefined) {
    return known;
  }
  const kind = endings.find(([ending]) => word.endsWith(ending))?.[1];
  return kind && { kind, isVague: false };
}

function readKeyName(word: string, before: string | undefined): CredentialName | undefined {
  if (before !== undefined && identifyingKeys.has(before)) {
    return undefined;
  }
  if (before === 'private') {
    return { kind: 'private-key', isVague: false };
  }
  const isQualified = /^(?:api|app|access|secret|auth|license|encryption)$/;
  if (before !== undefined && isQualified.test(before)) {
    return { kind: 'api-key', isVague: word === 'keys' };
  }
  return { kind: 'api-key', isVague: true };
}

/**
 * Published by design: `NEXT_PUBLIC_…`, `SUPABASE_ANON_KEY`, a publishable key, a key that may only
 * search, and what a web application says to Firebase.
 * @see https://firebase.google.com/docs/projects/api-keys
 * @see https://www.algolia.com/doc/guides/security/api-keys/
 */
export function isPublicName(name: string): boolean {
  const words = wordsOf(name);
  return (
    words.some((word) => ['public', 'publishable', 'anon'].includes(word)) ||
    (words.includes('search') && words.some((word) => searchEngines.has(word))) ||
    (words.includes('firebase') &&
      (words.some((word) => word === 'web' || word === 'vite') || words[0] === 'react') &&
      !words.includes('server'))
  );
}

/** Their search keys are made for browsers; elsewhere a search key opens an account. */
const searchEngines = new Set(['algolia', 'typesense', 'meilisearch', 'docsearch']);

function certain(kind: SecretKind, ...words: readonly string[]) {
  return words.map((word): [string, CredentialName] => [word, { kind, isVague: false }]);
}

function vague(kind: SecretKind, ...words: readonly string[]) {
  return words.map((word): [string, CredentialName] => [word, { kind, isVague: true }]);
}
