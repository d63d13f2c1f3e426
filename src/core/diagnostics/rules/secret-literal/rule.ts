import { rangeInString } from '../../../config/json';
import type { McpServer } from '../../../config/mcpConfig';
import type { StringLeaf } from '../../../config/stringLeaves';
import { findReferences } from '../../../config/variables';
import { findSecrets } from '../../../secrets/findSecrets';
import { proposeVariableName } from '../../../secrets/proposeVariableName';
import type { SecretMatch } from '../../../secrets/secretMatch';
import type { Fix, Report, Rule } from '../../rule';
import { shown } from '../../words';

export const secretLiteral = {
  id: 'secret-literal',
  category: 'credentials',
  severity: 'error',
  *check({ config }) {
    for (const server of config.servers) {
      for (const leaf of server.strings) {
        for (const match of findSecrets(leaf.value, leaf.slot)) {
          yield describe(config.text, server, leaf, match);
        }
      }
    }
  },
} satisfies Rule<'secret-literal'>;

function describe(text: string, server: McpServer, leaf: StringLeaf, match: SecretMatch): Report {
  const range = rangeInString(text, leaf, match.start, match.end);
  const what = `Literal ${credentialName(match)} in ${placeName(leaf, match)}`;
  const advice = leaf.expands
    ? 'Move it to a variable.'
    : 'Claude Code expands no variable here, so the value has to move elsewhere.';
  return {
    range,
    server,
    path: leaf.path,
    message: `${what}: everyone with access to this file can use it. ${advice}`,
    fixes: () => moveToVariable(text, server, leaf, match),
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
  server: McpServer,
  leaf: StringLeaf,
  match: SecretMatch,
): readonly Fix[] {
  if (!leaf.expands) {
    return [];
  }
  const variable =
    match.defaultOf ?? proposeVariableName(match, leaf.slot, server.name, variablesOf(server));
  const secret = { range: rangeInString(text, leaf, match.start, match.end), variable };
  const reference = findReferences(leaf.value).find(
    ({ start, end }) => match.defaultOf && start <= match.start && match.end <= end,
  );
  const range = reference
    ? rangeInString(text, leaf, reference.start, reference.end)
    : secret.range;
  const edits = [{ range, newText: `\${${variable}}` }];
  return [{ title: `Move the value to \${${variable}}`, edits, isSafe: false, secret }];
}

/** Names that the entry refers to already: a second value needs a name of its own. */
function variablesOf(server: McpServer): ReadonlySet<string> {
  return new Set(
    server.strings.flatMap(({ value }) => findReferences(value).map(({ name }) => name)),
  );
}
