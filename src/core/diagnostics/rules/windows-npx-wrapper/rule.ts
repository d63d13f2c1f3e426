import { appendProperty, replaceNode } from '../../../config/changeProperties';
import { findValue, rangeOf } from '../../../config/json';
import type { McpConfig, McpServer } from '../../../config/mcpConfig';
import type { TextEdit } from '../../../base/range';
import type { Rule } from '../../rule';

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
    const [first] = bare;
    const command = findValue(first?.node, 'command');
    if (first !== undefined && command !== undefined) {
      const others = bare.length - 1;
      const also =
        others === 0
          ? ''
          : ` ${others === 1 ? 'One more server' : `${others} more servers`} of this file would need it.`;
      yield {
        range: rangeOf(command),
        server: first,
        path: [...first.path, 'command'],
        message: `Other text in this file is written for Windows, where a shell has to start npx: users report that Claude Code asks for "cmd /c" there. Write "command": "cmd", and begin "args" with "/c", "npx".${also}`,
        fixes: () => {
          const edits = bare.flatMap((server) => wrap(config, server));
          const title =
            others === 0 ? 'Start it through cmd /c' : 'Start all of them through cmd /c';
          // Not safe to apply unseen: no other system has cmd.
          return [{ title, edits, isSafe: false }];
        },
      };
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

function wrap({ text }: McpConfig, { node }: McpServer): readonly TextEdit[] {
  const args = findValue(node, 'args');
  const command = findValue(node, 'command');
  if (node === undefined || command === undefined) {
    return [];
  }
  const [first] = args?.items ?? [];
  const toArgs = args
    ? {
        range: { offset: first?.offset ?? args.offset + 1, length: 0 },
        newText: first ? `"/c", "npx", ` : `"/c", "npx"`,
      }
    : appendProperty(text, node, 'args', '["/c", "npx"]');
  return [replaceNode(command, '"cmd"'), toArgs];
}
