import { removeProperties, renameKey, replaceNode } from '../../../config/changeProperties';
import { foreignFields, type ForeignField } from '../../../config/dialects/foreignFields';
import { fieldsOf } from '../../../config/entryProblems';
import { findProperty, findValue, propertiesOf, rangeOf } from '../../../config/json';
import type { JsonNode, JsonProperty } from '../../../config/json';
import type { McpServer } from '../../../config/mcpConfig';
import { isMisspelt } from '../../../config/misspelling';
import { shown } from '../../words';
import type { Fix, Report, Rule } from '../../rule';

/** Within `oauth`, where Claude Code reads these and passes over others. */
const oauthFields: ReadonlySet<string> = new Set([
  'clientId',
  'callbackPort',
  'authServerMetadataUrl',
  'scopes',
  'xaa',
]);

export const fieldIgnored = {
  id: 'field-ignored',
  category: 'loading',
  severity: 'information',
  *check({ config }) {
    for (const server of config.servers) {
      const { node, transport } = server;
      if (server.isShadowed || !node || !transport) {
        continue;
      }
      const read = fieldsOf(transport);
      yield* checkObject(server, node, [], read, foreignFields[transport]);
      yield* checkTimeout(server, node);
      const oauth = read.has('oauth') ? findValue(node, 'oauth') : undefined;
      if (oauth !== undefined) {
        yield* checkObject(server, oauth, ['oauth'], oauthFields, foreignFields.oauth);
      }
    }
  },
} satisfies Rule<'field-ignored'>;

function* checkObject(
  server: McpServer,
  object: JsonNode,
  path: readonly string[],
  read: ReadonlySet<string>,
  foreign: ReadonlyMap<string, ForeignField>,
): Iterable<Report> {
  for (const property of propertiesOf(object)) {
    const { key, keyRange, value } = property;
    if (read.has(key) || value === undefined || isRemark(key)) {
      continue;
    }
    const field = foreign.get(key);
    const meant = field === undefined ? findMeant(object, property, read) : undefined;
    const matters = field?.matters?.(value, server) ?? true;
    if (isMissing(server, meant ?? field?.standsFor?.(value) ?? field?.becomes?.key)) {
      continue;
    }
    if ((field === undefined && meant === undefined) || !matters || isSaidElsewhere(server, key)) {
      continue;
    }
    const name = shown([...path, key].join('.'));
    yield {
      range: keyRange,
      server,
      path: [...server.path, ...path, key],
      message: `Claude Code ignores ${name}${field?.instead ?? `: the key is "${meant}".`}`,
      fixes: () => [
        ...(meant ? [rename(property, meant)] : []),
        ...translate(object, property, read, field),
        remove(object, property),
      ],
    };
  }
}

/** @see Claude Code, "Connect to tools via MCP": values below 1000 are ignored. */
function* checkTimeout(server: McpServer, node: JsonNode): Iterable<Report> {
  const timeout = findValue(node, 'timeout');
  const value = timeout?.value;
  if (timeout && Number.isSafeInteger(value) && Number(value) > 0 && Number(value) < 1000) {
    const milliseconds = Number(value) * 1000;
    yield {
      range: rangeOf(timeout),
      server,
      path: [...server.path, 'timeout'],
      message: `Claude Code ignores a timeout below 1000: it is in milliseconds. If seconds were meant, write ${milliseconds}.`,
      fixes: () => [
        {
          title: `Write ${milliseconds}`,
          edits: [replaceNode(timeout, String(milliseconds))],
          isSafe: false,
        },
      ],
    };
  }
}

/** The entry cannot do without this field: the rule that says so names the one that was meant. */
function isMissing({ problems }: McpServer, key: string | undefined): boolean {
  const isRemoteKey = key === 'url' || key === 'type';
  return problems.some(
    ({ kind }) => kind === `${key}-missing` || (isRemoteKey && kind === 'command-missing'),
  );
}

/** Notes to the reader, which nobody expects to be read. */
function isRemark(key: string): boolean {
  return (
    key.startsWith('_') || key.startsWith('//') || key.startsWith('$') || key === 'description'
  );
}

/** A field that is read, absent, and very like this one. */
function findMeant(
  object: JsonNode,
  property: JsonProperty,
  read: ReadonlySet<string>,
): string | undefined {
  for (const key of read) {
    if (isMisspelt(property, key)) {
      return findProperty(object, key) ? undefined : key;
    }
  }
  return undefined;
}

/** Where `command` meets `url`, one finding speaks of all that goes with the one not used. */
function isSaidElsewhere({ command, url, transport }: McpServer, key: string): boolean {
  const others = fieldsOf(transport === 'stdio' ? 'http' : 'stdio');
  return Boolean(command?.value && url?.value) && others.has(key);
}

/** Not safe to apply unseen: from then on it counts. */
function rename(property: JsonProperty, key: string): Fix {
  return { title: `Rename to "${key}"`, edits: [renameKey(property, key)], isSafe: false };
}

function translate(
  object: JsonNode,
  property: JsonProperty,
  read: ReadonlySet<string>,
  field: ForeignField | undefined,
): readonly Fix[] {
  const { value } = property;
  const becomes = field?.becomes;
  if (!value || !becomes || !read.has(becomes.key) || findProperty(object, becomes.key)) {
    return [];
  }
  const newValue = becomes.value?.(value);
  if (becomes.value && newValue === undefined) {
    return [];
  }
  const replaced = newValue === undefined ? [] : [replaceNode(value, newValue)];
  const edits = [renameKey(property, becomes.key), ...replaced];
  return [{ title: `Write it as "${becomes.key}"`, edits, isSafe: false }];
}

/** Not safe either: another client may read the same file. */
function remove(object: JsonNode, property: JsonProperty): Fix {
  const edits = removeProperties(object, (other) => other === property);
  return { title: `Remove ${shown(property.key)}`, edits, isSafe: false };
}
