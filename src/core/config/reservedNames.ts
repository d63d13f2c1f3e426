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

const names: ReadonlySet<string> = new Set(reservedServerNames.names);

/** `workspace` is reserved with white space around it as well. */
export function isReservedServerName(name: string): boolean {
  return names.has(name) || name.trim() === 'workspace';
}
