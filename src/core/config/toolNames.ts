/**
 * A server's name as it stands in the names of its tools: `a.b` and `a b` both give `a_b`.
 * Observed in Claude Code 2.1.329.
 */
export function toolNamePart(serverName: string): string {
  return serverName.replace(/[^A-Za-z0-9_-]/g, '_');
}

/** A name that every command takes, and the tools have already where that can be. */
export function plainServerName(serverName: string): string {
  const part = toolNamePart(serverName).replace(/^-+/, '');
  return /[A-Za-z0-9]/.test(part) ? part : 'server';
}
