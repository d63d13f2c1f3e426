import { isBlankedName } from '../config/dialects/blankedNames';
import { expand, headerRules, namesIn, textOf, urlRules, type Lookup } from '../config/expansion';
import type { McpServer, NamedValue } from '../config/mcpConfig';
import { findReferences } from '../config/variables';
import type { RemoteTarget } from './tokenTestTarget';

/** The variables of a remote server's url and headers that have to have a value, each once. */
export function requiredVariables(server: McpServer): readonly string[] {
  const names = valuesOf(server).flatMap((value) =>
    findReferences(value)
      .filter(({ name, defaultValue }) => defaultValue === undefined && !isBlankedName(name))
      .map(({ name }) => name),
  );
  return [...new Set(names)];
}

function valuesOf({ url, headers }: McpServer): readonly string[] {
  return [url?.value ?? '', ...lastOfEach(headers).map(({ value }) => value.value)];
}

/**
 * The server as Claude Code would reach it: the url expanded once, headers twice, and the names
 * that it keeps from remote servers empty. What `lookup` does not know stays as it is written.
 */
export function resolveTarget(server: McpServer, lookup: Lookup): RemoteTarget {
  const written = server.url?.value ?? '';
  const url = expand(written, lookup, urlRules);
  return {
    transport: server.transport === 'sse' || server.transport === 'ws' ? server.transport : 'http',
    serverName: server.name,
    url: textOf(url),
    writtenUrl: written,
    urlValues: url.flatMap(({ text, origin }) => (origin.kind === 'variable' ? text : [])),
    headers: lastOfEach(server.headers).map(({ name, value: { value } }) => {
      const segments = expand(value, lookup, headerRules);
      return { name, value: textOf(segments), secretNames: namesIn(segments) };
    }),
  };
}

/** Of headers spelt alike the last, as for `JSON.parse`. */
function lastOfEach(headers: readonly NamedValue[]): readonly NamedValue[] {
  return [...new Map(headers.map((header) => [header.name, header])).values()];
}
