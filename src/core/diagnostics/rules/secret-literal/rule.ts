import { rangeEnd, type OffsetRange } from '../../../base/range';
import { rangeInString } from '../../../config/json';
import type { McpConfig } from '../../../config/mcpConfig';
import type { StringLeaf } from '../../../config/stringLeaves';
import { findReferences } from '../../../config/variables';
import { proposeVariableName } from '../../../secrets/proposeVariableName';
import type { SecretMatch } from '../../../secrets/secretMatch';
import { secretsIn } from '../../../secrets/secretsIn';
import type { Fix, Report, Rule } from '../../rule';
import { shown } from '../../words';

export const secretLiteral = {
  id: 'secret-literal',
  category: 'credentials',
  severity: 'error',
  *check({ config }) {
    const taken = referredVariables(config);
    for (const { server, leaf, secrets } of secretsIn(config)) {
      for (const match of secrets) {
        const proposed = () => proposeVariableName(match, leaf.slot, server.name, taken());
        yield {
          ...describe(config.text, leaf, match),
          server,
          fixes: () => moveToVariable(config.text, leaf, match, match.defaultOf ?? proposed()),
        };
      }
    }
  },
} satisfies Rule<'secret-literal'>;

function describe(text: string, leaf: StringLeaf, match: SecretMatch): Report {
  const what = `Literal ${credentialName(match)} in ${placeName(leaf, match)}`;
  const advice = leaf.expands
    ? 'Move it to a variable.'
    : 'Claude Code expands no variable here, so the value has to move elsewhere.';
  return {
    range: rangeInString(text, leaf, match.start, match.end),
    path: leaf.path,
    message: `${what}: everyone with access to this file can use it. ${advice}`,
  };
}

function credentialName({ provider, kind, shownPrefix, isCritical }: SecretMatch): string {
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

function placeName({ slot }: StringLeaf, { where, keyName, defaultOf }: SecretMatch): string {
  if (defaultOf !== undefined) {
    return `the default of \${${defaultOf}}`;
  }
  switch (slot.kind) {
    case 'header':
      return `header ${shown(slot.name)}`;
    case 'env':
      return `env ${shown(slot.name)}`;
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

/**
 * The reference in the place of the credential; what stands around it, such as `Bearer `, is kept.
 * Not safe to apply with others: the value that leaves has to be kept somewhere.
 */
function moveToVariable(
  text: string,
  leaf: StringLeaf,
  match: SecretMatch,
  variable: string,
): readonly Fix[] {
  if (!leaf.expands || !isWholeLiteral(text, leaf)) {
    return [];
  }
  const secret = { range: rangeInString(text, leaf, match.start, match.end), variable };
  const range = match.defaultOf ? aroundDefault(text, leaf, match) : secret.range;
  const edits = [{ range, newText: `\${${variable}}` }];
  return [{ title: `Move the value to \${${variable}}`, edits, isSafe: false, secret }];
}

/** An escape that JSON does not know leaves no telling where a character of the value stands. */
function isWholeLiteral(text: string, { range, value }: StringLeaf): boolean {
  try {
    return JSON.parse(text.slice(range.offset, rangeEnd(range))) === value;
  } catch {
    return false;
  }
}

/** The reference of which the credential is the default, whatever its operator. */
function aroundDefault(text: string, leaf: StringLeaf, { start, end }: SecretMatch): OffsetRange {
  const opening = leaf.value.lastIndexOf('${', start);
  const closing = leaf.value.indexOf('}', end);
  return rangeInString(text, leaf, opening, closing + 1);
}

/** Names that the file refers to already: another value needs a name of its own. */
function referredVariables({ servers }: McpConfig): () => ReadonlySet<string> {
  let names: ReadonlySet<string> | undefined;
  return () => {
    names ??= new Set(
      servers.flatMap(({ strings }) =>
        strings.flatMap(({ value }) => findReferences(value).map(({ name }) => name)),
      ),
    );
    return names;
  };
}
