import { escapeForString } from '../../config/json';
import type { McpConfig, McpServer } from '../../config/mcpConfig';
import { toolNamePart } from '../../config/toolNames';
import { shown } from '../words';
import type { Fix } from '../rule';

/**
 * A rename to `wanted`, or to the next number where a server has it already. Never safe to apply
 * unseen: approvals, permissions and sign-ins are kept by name.
 */
export function renameServer(
  { servers }: McpConfig,
  server: McpServer,
  wanted: string,
): readonly Fix[] {
  const others = servers.filter((other) => other !== server && other.name !== server.name);
  const taken = new Set(others.map(({ name }) => toolNamePart(name)));
  let newName = wanted;
  for (let number = 2; taken.has(newName); number++) {
    newName = `${wanted}-${number}`;
  }
  const edits = [{ range: server.nameRange, newText: `"${escapeForString(newName)}"` }];
  return [{ title: `Rename to ${shown(newName)}`, edits, isSafe: false }];
}
