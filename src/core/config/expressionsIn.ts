import { findExpressions, type Expression } from './expressions';
import type { McpConfig, McpServer } from './mcpConfig';
import type { StringLeaf } from './stringLeaves';

/** A string of a configuration that has a `${` in it. */
export interface ExpressionString {
  readonly server: McpServer;
  readonly leaf: StringLeaf;
  readonly expressions: readonly Expression[];
  /** A shell or an interpreter, started by the command, reads the string with rules of its own. */
  readonly isCode: boolean;
}

const known = new WeakMap<McpConfig, readonly ExpressionString[]>();

/** Every such string, in the order of the text. Several rules ask; the answer is found once. */
export function expressionsIn(config: McpConfig): readonly ExpressionString[] {
  const found = known.get(config) ?? findAll(config);
  known.set(config, found);
  return found;
}

function findAll({ servers }: McpConfig): readonly ExpressionString[] {
  const found: ExpressionString[] = [];
  for (const server of servers) {
    for (const leaf of server.strings) {
      if (leaf.value.includes('${')) {
        const expressions = findExpressions(leaf.value);
        found.push({ server, leaf, expressions, isCode: isCode(server, leaf) });
      }
    }
  }
  return found;
}

const shells = /^(?:ba|z|da|k|fi)?sh$|^(?:cmd|powershell|pwsh)$/;
const interpreters = /^(?:node|bun|deno|tsx|python[\d.]*|ruby|perl|php)$/;

/** An argument of a shell, or the program text that an interpreter is given. */
function isCode(server: McpServer, leaf: StringLeaf): boolean {
  const { slot } = leaf;
  if (slot.kind !== 'argument') {
    return false;
  }
  const flag = slot.args[slot.index - 1] ?? '';
  return (
    isReadByShell(server, leaf) ||
    (interpreters.test(programOf(server)) && /^(?:-[cepr]|--?eval|--print|eval)$/.test(flag))
  );
}

/** An argument of a shell that the command starts. */
export function isReadByShell(server: McpServer, { slot }: StringLeaf): boolean {
  return slot.kind === 'argument' && shells.test(programOf(server));
}

function programOf({ command }: McpServer): string {
  const name = command?.value.split(/[\\/]/).at(-1) ?? '';
  return name.toLowerCase().replace(/\.exe$/, '');
}
