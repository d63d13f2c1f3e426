import type { ShellCommand, ShellScript } from '../helperScript/shellScript';
import type { Span } from '../secrets/secretMatch';

/** The name of a variable, where it stands in a shell's text. */
export interface ShellName extends Span {
  readonly name: string;
}

interface Setting extends ShellName {
  /** From here on the script's own value counts; `undefined` where it sets none. */
  readonly countsFrom: number | undefined;
}

/**
 * The variables that a script has from its environment, wherever it names them: with a default,
 * given another value, exported. Those that it sets before it reads them are its own, and what is
 * written before a command is a variable of that command.
 */
export function readShellNames(
  text: string,
  { commands, variables }: ShellScript,
): readonly ShellName[] {
  const reads = variables
    .filter(({ name }) => /^[A-Za-z_]/.test(name))
    .map(({ name, start }) => {
      const at = text.indexOf(name, start + 1);
      return { name, start: at, end: at + name.length };
    });
  const settings = commands.flatMap((command) => settingsOf(text, command));
  const ownFrom = new Map<string, number>();
  for (const { name, countsFrom = Infinity } of settings) {
    ownFrom.set(name, Math.min(ownFrom.get(name) ?? Infinity, countsFrom));
  }
  const inherited = new Set(
    [...reads, ...settings.filter(({ countsFrom }) => countsFrom === undefined)]
      .filter(({ name, start }) => start < (ownFrom.get(name) ?? Infinity))
      .map(({ name }) => name),
  );
  return [...reads, ...settings]
    .filter(({ name }) => inherited.has(name))
    .map(({ name, start, end }) => ({ name, start, end }))
    .sort((a, b) => a.start - b.start);
}

/** Commands whose words are names; those of the second kind give them no value. */
const setters = new Set(['export', 'declare', 'local', 'readonly', 'typeset', 'read', 'for']);
const passers = new Set(['export', 'readonly', 'unset']);

function settingsOf(text: string, { words, assignments }: ShellCommand): readonly Setting[] {
  const [first, ...rest] = words;
  if (first === undefined) {
    return assignments.map(({ name, start, end }) => ({
      name,
      start,
      end: start + name.length,
      countsFrom: end,
    }));
  }
  if (!setters.has(first.text) && !passers.has(first.text)) {
    return [];
  }
  const named = first.text === 'for' ? rest.slice(0, 1) : rest;
  return named.flatMap(({ start, end }) => {
    const [whole = '', name = ''] = /^([A-Za-z_]\w*)\+?=?/.exec(text.slice(start, end)) ?? [];
    const isPassed = passers.has(first.text) && !whole.endsWith('=');
    return name === '' || (!whole.endsWith('=') && end !== start + name.length)
      ? []
      : [{ name, start, end: start + name.length, countsFrom: isPassed ? undefined : end }];
  });
}
