import { oneLine } from '../base/text';
import type { McpConfig } from '../config/mcpConfig';
import { tokenPageForVariable } from '../secrets/tokenPages';
import { neededVariables, type NeededVariable } from './neededVariables';

/** Every machine sets these. */
const given: ReadonlySet<string> = new Set([
  ...['HOME', 'USER', 'PATH', 'PWD', 'SHELL', 'TMPDIR', 'TEMP', 'USERPROFILE', 'APPDATA'],
]);

/** What somebody has to set for the servers; the arguments are those of `neededVariables`. */
export function variablesForExample(config: McpConfig, folder: string): readonly NeededVariable[] {
  return neededVariables(config, folder).filter(({ name }) => !given.has(name));
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
    [...commentOn(variable), `${variable.hasDefault ? '# ' : ''}${variable.name}=`, ''].join(eol),
  );
  return text + separator + entries.join(eol);
}

/** As a line of its own or in a comment: `# NAME=`. */
function hasName(text: string, name: string): boolean {
  return new RegExp(`^\\uFEFF?[ \\t]*(?:#[ \\t]*)?(?:export[ \\t]+)?${name}[ \\t]*=`, 'm').test(
    text,
  );
}

function commentOn({ name, servers, hasDefault }: NeededVariable): readonly string[] {
  const page = tokenPageForVariable(name);
  const names = servers.map((server) => oneLine(server, 60) || '(no name)').join(', ');
  const end = hasDefault ? ', which has a default for it' : '';
  const sentences = [
    ...(servers.length === 0 ? [] : [`For ${names}${end}.`]),
    ...(page === undefined ? [] : [`Get it at ${page}`]),
  ];
  return sentences.length === 0 ? [] : [`# ${sentences.join(' ')}`];
}
