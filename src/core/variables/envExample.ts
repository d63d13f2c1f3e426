import { oneLine } from '../base/text';
import type { McpConfig } from '../config/mcpConfig';
import { findReferences } from '../config/variables';
import { tokenPageForVariable } from '../secrets/tokenPages';

/** A variable that the entries of a configuration refer to. */
export interface NeededVariable {
  readonly name: string;
  /** The servers that refer to it, in the order of the text. */
  readonly servers: readonly string[];
  /** Every reference to it has a default. */
  readonly isOptional: boolean;
}

/** Every machine or Claude Code itself sets these. */
const given: ReadonlySet<string> = new Set([
  ...['HOME', 'USER', 'PATH', 'PWD', 'SHELL', 'TMPDIR', 'TEMP', 'USERPROFILE', 'APPDATA'],
  ...['CLAUDE_PROJECT_DIR', 'CLAUDE_PLUGIN_ROOT', 'CLAUDE_PLUGIN_DATA'],
]);

/** What somebody has to set for the servers, each once, in the order of the text. */
export function neededVariables({ servers }: McpConfig): readonly NeededVariable[] {
  const needed = new Map<string, { readonly servers: Set<string>; isOptional: boolean }>();
  for (const { name: server, strings, isShadowed } of servers) {
    for (const { value, expands } of isShadowed ? [] : strings) {
      for (const { name, defaultValue } of expands ? findReferences(value) : []) {
        const known = needed.get(name) ?? { servers: new Set<string>(), isOptional: true };
        known.servers.add(server);
        known.isOptional &&= defaultValue !== undefined;
        needed.set(name, known);
      }
    }
  }
  return Array.from(needed, ([name, { servers, isOptional }]) => ({
    name,
    servers: [...servers],
    isOptional,
  })).filter(({ name }) => !given.has(name));
}

/**
 * The text of a `.env.example` with a line for each variable that it does not have yet, never with a
 * value. What is there stays as it is and in its order; the rest goes to the end. A variable that
 * has a default is a comment.
 */
export function addToEnvExample(text: string, needed: readonly NeededVariable[]): string {
  const missing = needed.filter(({ name }) => !hasName(text, name));
  if (missing.length === 0) {
    return text;
  }
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const separator =
    text.trim() === '' || /\n\r?\n$/.test(text) ? '' : text.endsWith('\n') ? eol : eol + eol;
  const entries = missing.map((variable) =>
    [commentOn(variable), `${variable.isOptional ? '# ' : ''}${variable.name}=`, ''].join(eol),
  );
  return text + separator + entries.join(eol);
}

/** As a line of its own or in a comment: `# NAME=`. */
function hasName(text: string, name: string): boolean {
  return new RegExp(`^\\uFEFF?[ \\t]*(?:#[ \\t]*)?(?:export[ \\t]+)?${name}[ \\t]*=`, 'm').test(
    text,
  );
}

function commentOn({ name, servers, isOptional }: NeededVariable): string {
  const page = tokenPageForVariable(name);
  const names = servers.map((server) => oneLine(server, 60) || '(no name)').join(', ');
  const end = isOptional ? ', which has a default for it' : '';
  return `# For ${names}${end}.${page === undefined ? '' : ` Get it at ${page}`}`;
}
