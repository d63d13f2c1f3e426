import { appendProperty, replaceNode } from '../../../config/changeProperties';
import { findValue, rangeOf, type JsonNode } from '../../../config/json';
import type { McpConfig, McpServer } from '../../../config/mcpConfig';
import type { Fix, Rule } from '../../rule';

export const windowsNpxWrapper = {
  id: 'windows-npx-wrapper',
  category: 'loading',
  severity: 'hint',
  *check({ config }) {
    const bare = config.servers.filter(
      ({ isShadowed, transport, command }) =>
        !isShadowed && transport === 'stdio' && command?.value === 'npx',
    );
    if (bare.length === 0 || !config.servers.some(isOfWindows)) {
      return;
    }
    for (const server of bare) {
      const command = findValue(server.node, 'command');
      if (command !== undefined) {
        yield {
          range: rangeOf(command),
          server,
          path: [...server.path, 'command'],
          message:
            'Other text in this file is written for Windows, where a shell has to start npx: users report that Claude Code asks for "cmd /c" there. Write "command": "cmd", and begin "args" with "/c", "npx".',
          fixes: () => wrap(config, server, command),
        };
      }
    }
  },
} satisfies Rule<'windows-npx-wrapper'>;

/** Whether an entry makes sense on Windows alone. */
function isOfWindows({ command, args, env }: McpServer): boolean {
  return (
    /^cmd(?:\.exe)?$/i.test(command?.value ?? '') ||
    isWindowsPath(command?.value ?? '') ||
    args.some(({ value }) => isWindowsPath(value)) ||
    env.some(({ value }) => isWindowsPath(value.value))
  );
}

function isWindowsPath(value: string): boolean {
  // Only `C:` and `%A` begin so, and nearly no text does.
  if (value[1] !== ':' && value[0] !== '%') {
    return false;
  }
  return (
    /^[A-Za-z]:[\\/](?!\/)/.test(value) || /^%(?:APPDATA|LOCALAPPDATA|USERPROFILE)%/i.test(value)
  );
}

/** Not safe to apply unseen: no other system has cmd. */
function wrap({ text }: McpConfig, { node }: McpServer, command: JsonNode): readonly Fix[] {
  const args = findValue(node, 'args');
  if (node === undefined) {
    return [];
  }
  const [first] = args?.items ?? [];
  const toArgs = args
    ? {
        range: { offset: first?.offset ?? args.offset + 1, length: 0 },
        newText: first ? `"/c", "npx", ` : `"/c", "npx"`,
      }
    : appendProperty(text, node, 'args', '["/c", "npx"]');
  const edits = [replaceNode(command, '"cmd"'), toArgs];
  return [{ title: 'Start it through cmd /c', edits, isSafe: false }];
}
