import type { McpServer } from '../config/mcpConfig';
import type { LostBy } from './loginState';
import type { Logins } from './readLogins';

/** A server as it was written while Claude Code was signed in to it. */
export interface SignedInEntry {
  readonly key: string;
  readonly server: McpServer;
  /** The name and the entry, as they stood in the file. */
  readonly text: string;
}

export interface LostLogin {
  readonly before: SignedInEntry;
  readonly by: LostBy;
}

/**
 * The sign-in that a server had under another key: Claude Code still keeps it, and uses it again when
 * the entry is as before.
 * @param key of the server as it stands; it is not signed in
 * @param remembered entries of the same file, the latest last
 * @param present the keys of all servers of the file as they stand
 */
export function findLostLogin(
  { key, server }: Pick<SignedInEntry, 'key' | 'server'>,
  remembered: readonly SignedInEntry[],
  present: ReadonlySet<string>,
  logins: Logins,
): LostLogin | undefined {
  const candidates = remembered.filter(
    (entry) => !present.has(entry.key) && logins.get(entry.key)?.hasAccessToken === true,
  );
  const same = candidates.findLast((entry) => entry.server.name === server.name);
  if (same !== undefined) {
    return { before: same, by: differenceOf(same.server, server) };
  }
  const renamed = candidates.findLast((entry) => hashOf(entry.key) === hashOf(key));
  return renamed && { before: renamed, by: 'name' };
}

/** What is written otherwise; where nothing is, a variable has another value. */
function differenceOf(before: McpServer, now: McpServer): LostBy {
  if (before.transport !== now.transport) {
    return 'type';
  }
  if (before.url?.value !== now.url?.value) {
    return 'url';
  }
  return headersOf(before) === headersOf(now) ? 'variable' : 'headers';
}

function headersOf({ headers }: McpServer): string {
  return JSON.stringify(headers.map(({ name, value }) => [name, value.value]));
}

/** A name may hold the separator as well. */
function hashOf(key: string): string {
  return key.slice(key.lastIndexOf('|') + 1);
}

/** Whether Claude Code can keep a sign-in for the server: http and sse without a fixed credential. */
export function canHoldLogin({ loads, transport, headers }: McpServer): boolean {
  const hasOAuth = transport === 'http' || transport === 'sse';
  const isFixed = headers.some(({ name }) => name.toLowerCase() === 'authorization');
  return loads && hasOAuth && !isFixed;
}
