import type { ListedTool } from '../tokenTest/listedTools';

/** Whether a tool can do harm, and what says so. */
export interface ToolRisk {
  readonly isDestructive: boolean;
  /** As it stands behind the name of the tool. */
  readonly reason: string;
}

/** Words that say it whatever the server's hints are. */
const harmful: ReadonlySet<string> = new Set([
  'clear',
  'delete',
  'destroy',
  'drop',
  'erase',
  'force',
  'kill',
  'overwrite',
  'purge',
  'remove',
  'reset',
  'revoke',
  'rm',
  'terminate',
  'truncate',
  'uninstall',
  'unlink',
  'wipe',
]);

/** Words that say it where the server gives no hint. */
const changing: ReadonlySet<string> = new Set([
  'cancel',
  'deploy',
  'disable',
  'edit',
  'eval',
  'exec',
  'execute',
  'merge',
  'modify',
  'move',
  'patch',
  'publish',
  'push',
  'put',
  'rename',
  'replace',
  'run',
  'send',
  'shell',
  'update',
  'write',
]);

/**
 * Judges a tool by what its server says of it and by its name. The hints of a server are no
 * promise: a name that says "delete" counts more.
 * @see Model Context Protocol 2025-11-25, Tools, ToolAnnotations
 */
export function judgeTool({
  name,
  readOnlyHint,
  destructiveHint,
}: Pick<ListedTool, 'name' | 'readOnlyHint' | 'destructiveHint'>): ToolRisk {
  const words = wordsOf(name);
  const harm = words.find((word) => harmful.has(word));
  if (destructiveHint === true && readOnlyHint !== true) {
    return destructive('destructive, the server says');
  }
  if (harm !== undefined) {
    return destructive(`its name says "${harm}"`);
  }
  if (destructiveHint === true) {
    return destructive('the server calls it destructive and read-only');
  }
  if (readOnlyHint === true) {
    return harmless('reads only, the server says');
  }
  if (destructiveHint === false) {
    return harmless('adds only, the server says');
  }
  // Where a tool is said to write and nothing more, the specification takes it for destructive.
  if (readOnlyHint === false) {
    return destructive('changes data, the server says');
  }
  const change = words.find((word) => changing.has(word));
  return change === undefined
    ? harmless('the server says nothing about it')
    : destructive(`its name says "${change}"`);
}

function destructive(reason: string): ToolRisk {
  return { isDestructive: true, reason };
}

function harmless(reason: string): ToolRisk {
  return { isDestructive: false, reason };
}

/** `deleteRepo`, `delete_repo` and `DELETE-REPO` have the same. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/(\p{Ll}|\d)(?=\p{Lu})/gu, '$1 ')
    .replace(/(\p{Lu})(?=\p{Lu}\p{Ll})/gu, '$1 ')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');
}
