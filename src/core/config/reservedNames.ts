import { toolNamePart } from './toolNames';

/**
 * Server names that Claude Code keeps for itself and never loads from a file. Case counts.
 * Data with its source: the list changes with the client.
 */
export const reservedServerNames = {
  since: '2.1.329',
  source: 'observed in Claude Code 2.1.329',
  names: [
    'workspace',
    'claude.ai',
    'computer-use',
    'claude-in-chrome',
    'Claude in Chrome',
    'Claude Preview',
    'Claude Browser',
    'claude-code-remote',
    'remote-devices',
    '__proto__',
  ],
} as const;

const parts = reservedServerNames.names.map(toolNamePart);
const beginnings = /^(?:workspace|claude|Claude|computer|remote)/;

/**
 * Whether Claude Code passes over a server of this name. It compares names as those of tools have
 * them: `Claude_in_Chrome` and `workspace ` are reserved, and so is what could not be told from a
 * tool of a reserved server, `workspace_` and `workspace__x`, but not `workspace_x`.
 */
export function isReservedServerName(name: string): boolean {
  if (!beginnings.test(name)) {
    return name === '__proto__';
  }
  const part = toolNamePart(name);
  return parts.some(
    (reserved) => part.startsWith(reserved) && /^(?:_*$|__)/.test(part.slice(reserved.length)),
  );
}
