import { appendProperty, replaceNode } from '../../../config/changeProperties';
import { findProperty, findValue } from '../../../config/json';
import type { McpConfig, McpServer } from '../../../config/mcpConfig';
import { shown } from '../../words';
import type { Fix, Rule } from '../../rule';
import { mayNameCredential } from '../secretReferences';

export const commandUnsplit = {
  id: 'command-unsplit',
  category: 'loading',
  severity: 'warning',
  *check({ config }) {
    for (const server of config.servers) {
      const { command, transport, isShadowed } = server;
      if (!command?.value.includes(' ') || transport !== 'stdio' || isShadowed) {
        continue;
      }
      const words = command.value.trim().split(/ +/);
      const [program = ''] = words;
      if (hasArguments(command.value.trim(), words)) {
        yield {
          range: command.range,
          server,
          path: [...server.path, 'command'],
          message: `This server will not start: Claude Code uses no shell and looks for a program with this whole text as its name. ${advise(program, words)}`,
          fixes: () => split(config, server, words),
        };
      }
    }
  },
} satisfies Rule<'command-unsplit'>;

function advise(program: string, words: readonly string[]): string {
  if (program.includes('=')) {
    return 'Write the variable in "env", the program in "command" and its arguments in "args".';
  }
  return words.some((word) => /[&|;<>]/.test(word))
    ? 'Start a shell where one is needed: "command": "sh", "args": ["-c", "…"].'
    : `Write ${shown(program)} in "command", and what follows in "args".`;
}

/** Programs that are seldom started without an argument. */
const launchers =
  /^(?:npx|npm|pnpm|yarn|node|bunx?|deno|tsx|uvx?|pipx?|poetry|python[\d.]*|py|ruby|java|dotnet|go|cargo|docker|podman|bash|sh|zsh|cmd)(?:\.exe|\.cmd)?$/;

/** A folder or a program may have a space in its name: `/Applications/My App/x`. */
function hasArguments(command: string, [first = '', second = '']: readonly string[]): boolean {
  const name = first.split(/[\\/]/).at(-1) ?? '';
  if (second === '' || first.includes('"')) {
    return false;
  }
  if (launchers.test(name) || flag.test(second) || variable.test(first)) {
    return true;
  }
  const rest = command.slice(first.length);
  return /^[a-z][\w.+-]*$/.test(first) && !/[\\/]|\.(?:exe|cmd|bat)$/i.test(rest);
}

const flag = /^--?[A-Za-z][\w-]*(?:=|$)/;
const variable = /^[A-Za-z_]\w*=/;

/** Words without quotes and signs that a shell would read. */
const plain = /^(?:[\w@%+=:,./\\^-]|\$\{[A-Za-z_]\w*\})+$/;

/** Programs whose arguments other rules have advice on: that should not come unseen. */
const fetchers = /^(?:npx|bunx|npm|pnpm|yarn|bun|cmd)\b/;

/** Safe where no argument is there yet: nothing but the words themselves can have been meant. */
function split(
  { text }: McpConfig,
  { node }: McpServer,
  [program = '', ...words]: readonly string[],
): readonly Fix[] {
  const command = findValue(node, 'command');
  const args = findProperty(node, 'args')?.value;
  const isList = args === undefined || args.type === 'array';
  if (
    node === undefined ||
    command === undefined ||
    !isList ||
    ![program, ...words].every(isPlain)
  ) {
    return [];
  }
  const list = words.map((word) => JSON.stringify(word)).join(', ');
  const [first] = args?.items ?? [];
  const toArgs =
    args === undefined
      ? appendProperty(text, node, 'args', `[${list}]`)
      : first === undefined
        ? replaceNode(args, `[${list}]`)
        : { range: { offset: first.offset, length: 0 }, newText: `${list}, ` };
  const isListed = words.some((word) => word.includes('${') || mayNameCredential(word));
  const isSafe = first === undefined && !isListed && !fetchers.test(program);
  const edits = [replaceNode(command, JSON.stringify(program)), toArgs];
  return [{ title: 'Split it into "command" and "args"', edits, isSafe }];
}

function isPlain(word: string, index: number): boolean {
  return plain.test(word) && !(index === 0 && variable.test(word));
}
