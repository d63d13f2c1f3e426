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

/** What a shell is given, here or elsewhere, or the program text of an interpreter. */
export function isCode(server: McpServer, leaf: StringLeaf): boolean {
  const { slot } = leaf;
  if (slot.kind !== 'argument') {
    return false;
  }
  const flag = slot.args[slot.index - 1] ?? '';
  return (
    isReadByShell(server, leaf) ||
    isBehindShell(server, slot) ||
    startsShell.test(leaf.value) ||
    (interpreters.test(programOf(server)) && /^(?:-[cepr]|--?eval|--print|eval)$/.test(flag))
  );
}

/** An argument of a shell that the command starts. */
export function isReadByShell(server: McpServer, { slot }: StringLeaf): boolean {
  return slot.kind === 'argument' && shells.test(programOf(server));
}

/** `env -S "bash -c '…'"`: the words of one argument. */
const startsShell = /(?:^|[\s/'"])(?:ba|z|da|k|fi)?sh\s+-[a-z]*c\s/;

/** A program whose arguments a shell reads: on another machine, in a container, as another user. */
const startShells = /^(?:ssh|mosh|wsl|su|runuser)$/;

type ArgumentSlot = Extract<StringLeaf['slot'], { kind: 'argument' }>;

/** `docker run image sh -c "…"`, `ssh host "…"`: the shell that reads it is not the command. */
function isBehindShell(server: McpServer, { args, index }: ArgumentSlot): boolean {
  return startShells.test(programOf(server)) || index > firstShellIn(args);
}

const knownShells = new WeakMap<ArgumentSlot['args'], number>();

/** Found once for all arguments of a server. */
function firstShellIn(args: ArgumentSlot['args']): number {
  const known = knownShells.get(args);
  if (known !== undefined) {
    return known;
  }
  const found = args.findIndex((argument = '') => {
    const name = argument.length < 200 ? lastName(argument) : '';
    return shells.test(name) || startShells.test(name);
  });
  const first = found === -1 ? args.length : found;
  knownShells.set(args, first);
  return first;
}

function programOf({ command }: McpServer): string {
  return lastName(command?.value ?? '');
}

/** Of a path, also of one behind `--entrypoint=`. */
function lastName(path: string): string {
  const name = path.split(/[\\/=]/).at(-1) ?? '';
  return name.toLowerCase().replace(/\.exe$/, '');
}
