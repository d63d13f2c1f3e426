import { rangeEnd, type OffsetRange } from '../../base/range';
import { isBlankedName } from '../../config/dialects/blankedNames';
import { expressionsIn } from '../../config/expressionsIn';
import { rangeInString, type JsonPath } from '../../config/json';
import type { McpConfig, McpServer } from '../../config/mcpConfig';
import type { StringLeaf } from '../../config/stringLeaves';
import type { SecretString } from '../../secrets/secretsIn';
import { proposeVariableName } from '../../secrets/proposeVariableName';
import type { Placeholder, SecretMatch } from '../../secrets/secretMatch';
import type { Fix } from '../rule';
import { shown } from '../words';

/** `GitHub token (ghp_…)`: what the credential is, without any of it. */
export function credentialName({ provider, kind, shownPrefix, isCritical }: SecretMatch): string {
  const name = [provider, isCritical ? 'administrator' : '', words[kind]].filter(Boolean).join(' ');
  return shownPrefix ? `${name} (${shownPrefix}…)` : name;
}

const words: Readonly<Record<SecretMatch['kind'], string>> = {
  token: 'token',
  'api-key': 'API key',
  password: 'password',
  secret: 'secret',
  cookie: 'cookie',
  'capability-url': 'address that is a key by itself',
  jwt: 'token (JWT)',
  'private-key': 'private key',
  basic: 'user name and password',
  'connection-string': 'password of a connection string',
};

/** Where a credential stands, as it is said after "in". */
export function placeName(
  { slot, path }: StringLeaf,
  { where, keyName }: Pick<SecretMatch, 'where' | 'keyName'>,
): string {
  switch (slot.kind) {
    case 'header':
      return isEntryOf(path, 'headers') ? `header ${shown(slot.name)}` : '"headers"';
    case 'env':
      return isEntryOf(path, 'env') ? `env ${shown(slot.name)}` : '"env"';
    case 'argument':
      return keyName && where !== 'positional' ? `argument ${shown(keyName)}` : 'an argument';
    case 'url':
      return keyName && where === 'query' ? `url parameter ${shown(keyName)}` : 'the url';
    case 'oauth':
      return `oauth.${slot.key}`;
    case 'command':
    case 'headersHelper':
      return slot.kind;
    case 'other':
      return shown(slot.key);
  }
}

/** Where a list or a string stands for the object, nothing in it has a name. */
function isEntryOf(path: JsonPath, field: string): boolean {
  return typeof path.at(-1) === 'string' && path.at(-2) === field;
}

/**
 * The reference in the place of the credential; what stands around it, such as `Bearer `, is kept.
 * Not safe to apply with others: the value that leaves has to be kept somewhere.
 */
export function moveToVariable(
  config: McpConfig,
  { server, leaf }: SecretString,
  match: SecretMatch,
): readonly Fix[] {
  // Outside of servers nothing is expanded.
  if (server === undefined || !isReplaceable(config.text, leaf)) {
    return [];
  }
  const variable = variableFor(config, server, leaf, match);
  const range = rangeInString(config.text, leaf, match.start, match.end);
  const edits = [{ range: replacedRange(config.text, leaf, match), newText: `\${${variable}}` }];
  const title = `Move the value to \${${variable}}`;
  return [{ title, edits, isSafe: false, secret: { range, variable } }];
}

/** The reference in the place of a placeholder: there is no value to keep. */
export function referInstead(
  config: McpConfig,
  server: McpServer,
  leaf: StringLeaf,
  placeholder: Placeholder,
): readonly Fix[] {
  if (!isReplaceable(config.text, leaf)) {
    return [];
  }
  const variable = variableFor(config, server, leaf, placeholder);
  const range = replacedRange(config.text, leaf, placeholder);
  const edits = [{ range, newText: `\${${variable}}` }];
  return [{ title: `Replace it by \${${variable}}`, edits, isSafe: false }];
}

function isReplaceable(text: string, leaf: StringLeaf): boolean {
  return leaf.expands && isWholeLiteral(text, leaf);
}

/** An escape that JSON does not know leaves no telling where a character of the value stands. */
function isWholeLiteral(text: string, { range, value }: StringLeaf): boolean {
  try {
    return JSON.parse(text.slice(range.offset, rangeEnd(range))) === value;
  } catch {
    return false;
  }
}

/** The variable whose default it is, unless that one reads as empty here; else a new name. */
function variableFor(
  config: McpConfig,
  server: McpServer,
  { slot }: StringLeaf,
  match: Placeholder,
): string {
  const { defaultOf } = match;
  const isSent = slot.kind === 'url' || slot.kind === 'header';
  return defaultOf !== undefined && !(isSent && isBlankedName(defaultOf))
    ? defaultOf
    : proposeVariableName(match, slot, server.name, referredVariables(config));
}

/** What the reference replaces: all of the one whose default it is, whatever its operator. */
function replacedRange(
  text: string,
  leaf: StringLeaf,
  { start, end, defaultOf }: Placeholder,
): OffsetRange {
  if (defaultOf === undefined) {
    return rangeInString(text, leaf, start, end);
  }
  const opening = leaf.value.lastIndexOf('${', start);
  const closing = leaf.value.indexOf('}', end);
  return rangeInString(text, leaf, opening, closing + 1);
}

const known = new WeakMap<McpConfig, ReadonlySet<string>>();

/** Names that the file refers to already: another value needs a name of its own. */
export function referredVariables(config: McpConfig): ReadonlySet<string> {
  const names =
    known.get(config) ??
    new Set(
      expressionsIn(config).flatMap(({ expressions }) =>
        expressions.flatMap((it) => (it.kind === 'reference' ? [it.name] : [])),
      ),
    );
  known.set(config, names);
  return names;
}
