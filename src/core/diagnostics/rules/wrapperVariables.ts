import type { McpServer } from '../../config/mcpConfig';
import type { StringLeaf } from '../../config/stringLeaves';
import { findRemoteWrapper } from '../../wrappers/remoteWrapper';

/**
 * Whether mcp-remote puts a value from this entry's `env` into its `--header`, where Claude Code
 * has found none and left `${name}` as it stands.
 * @see https://github.com/geelen/mcp-remote#custom-headers
 */
export function isFilledInByWrapper(
  server: McpServer,
  { slot }: StringLeaf,
  name: string,
): boolean {
  return (
    slot.kind === 'argument' &&
    slot.args[slot.index - 1] === '--header' &&
    server.env.some((variable) => variable.name === name) &&
    findRemoteWrapper(server)?.program === 'mcp-remote'
  );
}
