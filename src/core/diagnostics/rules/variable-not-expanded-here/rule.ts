import { expressionsIn } from '../../../config/expressionsIn';
import { rangeInString, type JsonPath, type StringValue } from '../../../config/json';
import type { McpConfig, McpServer, NamedValue } from '../../../config/mcpConfig';
import { findReferences } from '../../../config/variables';
import type { Report, Rule } from '../../rule';

/** Fields of `oauth` that Claude Code reads as text; the others are not read, or are no text. */
const oauthFields = new Set(['clientId', 'scopes']);

export const variableNotExpandedHere = {
  id: 'variable-not-expanded-here',
  category: 'variables',
  severity: 'warning',
  *check({ config }) {
    for (const server of config.servers) {
      if (!server.isShadowed && hasReferenceInName(server)) {
        yield* reportNames(config, server);
      }
    }
    for (const { server, leaf } of expressionsIn(config)) {
      const isRead =
        !server.isShadowed && server.transport !== 'stdio' && server.transport !== 'ws';
      if (isRead && leaf.slot.kind === 'oauth' && oauthFields.has(leaf.slot.key)) {
        const { key } = leaf.slot;
        yield* reportReferences(config, server, leaf, `oauth.${key}`, leaf.path);
      }
    }
  },
} satisfies Rule<'variable-not-expanded-here'>;

function hasReferenceInName(server: McpServer): boolean {
  return server.name.includes('${') || namedIn(server).some(({ name }) => name.includes('${'));
}

function namedIn(server: McpServer): readonly NamedValue[] {
  return server.transport === 'stdio' ? server.env : server.headers;
}

function* reportNames(config: McpConfig, server: McpServer): Iterable<Report> {
  yield* reportName(config, server, server, 'the name of a server', server.path);
  const isLocal = server.transport === 'stdio';
  const field = isLocal ? 'env' : 'headers';
  const what = isLocal ? 'the name of a variable' : 'the name of a header';
  for (const named of namedIn(server)) {
    yield* reportName(config, server, named, what, [...server.path, field, named.name]);
  }
}

function reportName(
  config: McpConfig,
  server: McpServer,
  { name, nameRange }: Pick<NamedValue, 'name' | 'nameRange'>,
  what: string,
  path: JsonPath,
): readonly Report[] {
  return name.includes('${')
    ? reportReferences(config, server, { value: name, range: nameRange }, what, path)
    : [];
}

function reportReferences(
  { text }: McpConfig,
  server: McpServer,
  string: StringValue,
  what: string,
  path: JsonPath,
): readonly Report[] {
  return findReferences(string.value).map(({ name, start, end }) => ({
    range: rangeInString(text, string, start, end),
    server,
    path,
    variables: [name],
    message: `Claude Code expands no variable in ${what}, so the text \${${name}} stays. Write the value itself.`,
  }));
}
