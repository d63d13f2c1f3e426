import { rangeEnd } from '../base/range';
import { dotEnvDefinitions, parseDotEnv, type DotEnvDefinition } from './dotEnv';
import { unlikeLineInShell } from './dotEnvInShell';
import { formatDotEnvLine, type DotEnvReader } from './dotEnvLine';

export type DotEnvEdit =
  | {
      readonly kind: 'written';
      readonly text: string;
      /** Who reads the value back as it is; another line can keep Docker or a shell from the file. */
      readonly readers: readonly DotEnvReader[];
    }
  /** @property reason as it stands behind "because" */
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * The text of a `.env` file with `name` set. An existing entry is replaced in its place, of
 * duplicates the one that counts; a new one goes to the end. Comments, order, line ends, `export` and
 * all other values stay as they are, or the edit is refused.
 */
export function setInDotEnv(text: string, name: string, value: string): DotEnvEdit {
  const formatted = formatDotEnvLine(name, value);
  if (formatted.kind === 'refused') {
    return formatted;
  }
  const entries = dotEnvDefinitions(text);
  const index = entries.findLastIndex((entry) => entry.name === name);
  const existing = entries[index];
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const after = existing
    ? replaceEntry(text, existing, formatted.line, eol)
    : `${text}${text === '' || /[\r\n]$/.test(text) ? '' : eol}${formatted.line}${eol}`;
  const expected = entries.map((entry, at) => (at === index ? { name, value } : entry));
  if (!isSame(parseDotEnv(after), existing ? expected : [...expected, { name, value }])) {
    return { kind: 'refused', reason: '.env has a quotation mark that nothing closes' };
  }
  const readers = formatted.readers.filter((reader) => canRead(reader, after));
  return { kind: 'written', text: after, readers };
}

function replaceEntry(
  text: string,
  { nameRange, valueRange }: DotEnvDefinition,
  line: string,
  eol: string,
): string {
  const end = rangeEnd(valueRange);
  // Behind the value it would become part of the new one for Docker. A `#` without a space before
  // it is part of the old value to a shell: that does not stay.
  const [rest = '', comment] = /^[^\S\r\n]*(#[^\r\n]*)?/.exec(text.slice(end)) ?? [];
  const isComment = comment !== undefined && (rest !== comment || valueRange.length === 0);
  const lineStart = /[^\r\n]*$/.exec(text.slice(0, nameRange.offset))?.index ?? 0;
  const start = lineStart === 0 && text.startsWith('\uFEFF') ? 1 : lineStart;
  return [
    text.slice(0, start),
    isComment ? comment + eol : '',
    text.slice(start, nameRange.offset),
    line,
    text.slice(end + rest.length),
  ].join('');
}

function isSame(
  entries: ReturnType<typeof parseDotEnv>,
  expected: ReturnType<typeof parseDotEnv>,
): boolean {
  return (
    entries.length === expected.length &&
    entries.every(({ name, value }, at) => {
      const other = expected[at];
      return other?.name === name && other.value === value;
    })
  );
}

/** Whether the file as a whole can be read: what `text` has beside the new line counts too. */
function canRead(reader: DotEnvReader, text: string): boolean {
  switch (reader) {
    case 'dotenv':
      return true;
    case 'sh':
      return unlikeLineInShell(text) === undefined;
    case 'docker':
      // It gives up at a name with a space in it, such as that of `export A=1`.
      return !/^[ \t]*[^\s#=][^\r\n=]*[ \t]/m.test(text);
  }
}
