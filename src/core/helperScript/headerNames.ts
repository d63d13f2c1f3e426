import type { Span } from '../secrets/secretMatch';
import type { HelperScript } from './helperScript';
import { readLiteralObject } from './literalObject';
import { findPrintedTexts } from './printedTexts';
import { findPrintedValues } from './printedValues';
import { programOf, type ShellScript } from './shellScript';

/** A header that a script prints, where its name stands. */
export interface PrintedHeader extends Span {
  readonly name: string;
}

/** The headers that a script certainly prints, as far as their names are written out. */
export function findHeaderNames(script: HelperScript): readonly PrintedHeader[] {
  if (script.kind === 'shell') {
    return findShellHeaders(script.shell);
  }
  const { text, source } = script;
  return findPrintedValues(script)
    .filter(({ isJson }) => isJson)
    .flatMap(({ value }) => readLiteralObject(text, source, value) ?? [])
    .map(({ key, keyRange: { offset, length } }) => ({
      name: key,
      start: offset,
      end: offset + length,
    }));
}

const jsonKey = /"([!#$%&'*+.^_`|~\w-]{1,100})"\s{0,9}:/g;
const jqKey = /(?<=[{,]\s{0,20})"?([A-Za-z][\w-]{0,100})"?\s{0,9}:/g;

/** The headers that a shell script, or a command line, prints. */
export function findShellHeaders(shell: ShellScript): readonly PrintedHeader[] {
  const printed = findPrintedTexts(shell) ?? [];
  const built = shell.commands
    .filter((command) => programOf(command) === 'jq' && command.depth === 0 && !command.inFunction)
    .filter(({ words }) => words.some(({ text }) => /^(?:-[a-z]*n[a-z]*|--null-input)$/.test(text)))
    .flatMap(({ words }) => words.filter(({ text }) => text.trimStart().startsWith('{')));
  return [
    ...printed.flatMap((layer) => namesIn(layer, jsonKey)),
    ...built.flatMap((layer) => namesIn(layer, jqKey)),
  ];
}

function namesIn(
  { text, at }: { readonly text: string; readonly at: (index: number) => number },
  pattern: RegExp,
): readonly PrintedHeader[] {
  return Array.from(text.matchAll(pattern), (match) => {
    const name = match[1] ?? '';
    const index = match.index + match[0].indexOf(name);
    return { name, start: at(index), end: at(index + name.length - 1) + 1 };
  });
}
