import { lastOfEach } from '../base/lastOfEach';
import { isBlankedLocally, isBlankedName } from '../config/dialects/blankedNames';
import { expand, headerRules, textOf, urlRules, type Lookup } from '../config/expansion';
import type { McpServer, NamedValue } from '../config/mcpConfig';
import { findReferences } from '../config/variables';
import { resolveLocal } from './resolveLocal';
import { broughtValues, literalCredentials, shownNames, unresolvedNames } from './segmentNames';
import type { RemoteTarget, TokenTestTarget } from './tokenTestTarget';

/** The variables of a server that have to have a value for a test, each once. */
export function requiredVariables(server: McpServer): readonly string[] {
  const isBlanked = server.transport === 'stdio' ? isBlankedLocally : isBlankedName;
  const names = valuesOf(server).flatMap((value) =>
    findReferences(value)
      .filter(({ name, defaultValue }) => defaultValue === undefined && !isBlanked(name))
      .map(({ name }) => name),
  );
  return [...new Set(names)];
}

const nameOf = ({ name }: NamedValue) => name;

function valuesOf({ transport, url, headers, command, args, env }: McpServer): readonly string[] {
  const whole = transport === 'stdio' ? command : url;
  const named = lastOfEach(transport === 'stdio' ? env : headers, nameOf);
  return [
    whole?.value ?? '',
    ...(transport === 'stdio' ? args.map(({ value }) => value) : []),
    ...named.map(({ value }) => value.value),
  ];
}

/**
 * The server as Claude Code would reach or start it. What `lookup` does not know stays as it is
 * written.
 * @param folder the path of the folder in which Claude Code would start it
 * @throws RangeError for an entry without a transport, which does not load
 */
export function resolveTarget(server: McpServer, lookup: Lookup, folder: string): TokenTestTarget {
  const { transport } = server;
  if (transport === undefined) {
    throw new RangeError('A server without a transport has no target.');
  }
  return transport === 'stdio'
    ? resolveLocal(server, lookup, folder)
    : resolveRemote(server, lookup, transport);
}

/** The url is expanded once, headers twice, and the names kept from remote servers are empty. */
export function resolveRemote(
  server: McpServer,
  lookup: Lookup,
  transport: RemoteTarget['transport'],
): RemoteTarget {
  const written = server.url?.value ?? '';
  const url = expand(written, lookup, urlRules);
  return {
    transport,
    serverName: server.name,
    url: textOf(url),
    writtenUrl: written,
    urlValues: [...broughtValues(url), ...literalCredentials(written, { kind: 'url' })],
    unresolved: unresolvedNames(url),
    headers: lastOfEach(server.headers, nameOf).map(({ name, value: { value } }) => {
      const segments = expand(value, lookup, headerRules);
      return {
        name,
        value: textOf(segments),
        secretNames: shownNames(segments),
        values: [
          ...broughtValues(segments),
          ...literalCredentials(value, { kind: 'header', name }),
        ],
        unresolved: unresolvedNames(segments),
      };
    }),
  };
}
