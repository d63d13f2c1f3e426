import { editDistance } from '../base/editDistance';
import { findProperty, propertiesOf, type JsonNode, type JsonProperty } from './json';

/** The fields of an entry that may be written wrongly, each with the kind of value it has. */
const kinds: ReadonlyMap<string, JsonNode['type']> = new Map([
  ['type', 'string'],
  ['command', 'string'],
  ['args', 'array'],
  ['env', 'object'],
  ['url', 'string'],
  ['headers', 'object'],
  ['headersHelper', 'string'],
  ['oauth', 'object'],
  ['timeout', 'number'],
  ['alwaysLoad', 'boolean'],
  ['clientId', 'string'],
  ['callbackPort', 'number'],
  ['authServerMetadataUrl', 'string'],
  ['scopes', 'string'],
]);

/** Words for the same thing that no count of letters brings together. */
const otherWords: Readonly<Record<string, readonly string[]>> = {
  url: ['uri'],
  env: ['environment', 'envVars', 'env_vars'],
  args: ['arguments', 'argv'],
  command: ['cmd'],
};

/** A property of `object` that was meant to be `key`, where `key` itself is absent. */
export function findMisspelt(object: JsonNode | undefined, key: string): JsonProperty | undefined {
  return findProperty(object, key)
    ? undefined
    : propertiesOf(object).find((property) => isMisspelt(property, key));
}

/** Whether `property` is `key` by another letter case, word or typing mistake. */
export function isMisspelt({ key: written, value }: JsonProperty, key: string): boolean {
  if (kinds.get(key) !== value?.type || kinds.has(written)) {
    return false;
  }
  const word = bare(written);
  return (
    word === bare(key) ||
    otherWords[key]?.includes(written) === true ||
    isPlural(word, key) ||
    isNear(word, bare(key))
  );
}

function bare(key: string): string {
  return key.toLowerCase().replace(/[-_]/g, '');
}

function isPlural(word: string, key: string): boolean {
  return word === `${key}s` || `${word}s` === key;
}

/**
 * One slip in a word of four letters or more, two in a long one: `tags` is not `args`, nor is
 * `comment` a `command`. Nor is `auth`, a word of its own, meant for `oauth`.
 */
function isNear(word: string, key: string): boolean {
  const allowed = key.length < 4 ? 0 : key.length < 10 ? 1 : 2;
  return (
    allowed > 0 &&
    word.length >= 3 &&
    word !== 'auth' &&
    Math.abs(word.length - key.length) <= allowed &&
    // One slip leaves the first letter or the last one alone.
    (word[0] === key[0] || word.at(-1) === key.at(-1)) &&
    editDistance(word, key) <= allowed
  );
}
