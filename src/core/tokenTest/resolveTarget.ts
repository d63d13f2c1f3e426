import { isBlankedName } from '../config/dialects/blankedNames';
import type { McpServer, NamedValue } from '../config/mcpConfig';
import { findReferences } from '../config/variables';
import type { TokenTestTarget } from './tokenTestRequest';

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
export function resolveTarget(
  server: McpServer,
  lookup: (name: string) => string | undefined,
): TokenTestTarget {
  const expand = (value: string) => expandOnce(value, lookup);
  const written = server.url?.value ?? '';
  return {
    serverName: server.name,
    url: expand(written),
    writtenUrl: written,
    urlValues: namesIn(written).flatMap((name) => lookup(name) ?? []),
    headers: lastOfEach(server.headers).map(({ name, value: { value } }) => ({
      name,
      value: expand(expand(value)),
      // A value may bring a reference of its own, which the second expansion follows.
      secretNames: [...new Set([...namesIn(value), ...namesIn(expand(value))])],
    })),
  };
}

function namesIn(value: string): readonly string[] {
  return findReferences(value).map(({ name }) => name);
}

/** Of headers spelt alike the last, as for `JSON.parse`. */
function lastOfEach(headers: readonly NamedValue[]): readonly NamedValue[] {
  return [...new Map(headers.map((header) => [header.name, header])).values()];
}

function expandOnce(value: string, lookup: (name: string) => string | undefined): string {
  let result = '';
  let position = 0;
  for (const { name, defaultValue, start, end } of findReferences(value)) {
    const found = isBlankedName(name) ? '' : (lookup(name) ?? defaultValue);
    result += value.slice(position, start) + (found ?? value.slice(start, end));
    position = end;
  }
  return result + value.slice(position);
}
