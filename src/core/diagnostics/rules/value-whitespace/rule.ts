import type { OffsetRange, TextEdit } from '../../../base/range';
import { rangeInString, type JsonPath, type StringValue } from '../../../config/json';
import type { McpConfig, McpServer } from '../../../config/mcpConfig';
import { findStrangeCharacters, hasStrangeCharacter } from '../../../config/strangeCharacters';
import { isCredentialName } from '../../../auth/authMethod';
import { shown } from '../../words';
import type { Report, Rule } from '../../rule';

export const valueWhitespace = {
  id: 'value-whitespace',
  category: 'loading',
  severity: 'warning',
  *check({ config }) {
    for (const server of config.servers) {
      if (!server.isShadowed) {
        for (const text of readTexts(server)) {
          const report = checkEnds(config, text) ?? checkInside(config, text);
          if (report !== undefined) {
            yield { server, path: [...server.path, ...text.path], ...report };
          }
        }
      }
    }
  },
} satisfies Rule<'value-whitespace'>;

/** A text of an entry that Claude Code looks at. */
interface ReadText {
  readonly string: StringValue;
  readonly path: JsonPath;
  /** As the beginning of a sentence. */
  readonly name: string;
  /** A space alone may be meant: a separator as an argument. */
  readonly mayBeBlank: boolean;
  /** Nobody writes prose in it: what cannot be seen was not meant. */
  readonly isExact: boolean;
  /** Without the white space it is the name of another header. */
  readonly isTaken?: boolean;
}

function* readTexts({
  transport,
  command,
  args,
  env,
  url,
  headers,
}: McpServer): Iterable<ReadText> {
  const exact = { mayBeBlank: false, isExact: true };
  if (transport === 'stdio') {
    if (command !== undefined && isSuspect(command.value)) {
      yield { string: command, path: ['command'], name: 'The command', ...exact };
    }
    for (const string of args) {
      if (isSuspect(string.value)) {
        const name = `Argument ${string.index + 1}`;
        yield { string, path: ['args', string.index], name, mayBeBlank: true, isExact: false };
      }
    }
    for (const { name: key, value: string } of env) {
      if (isSuspect(string.value)) {
        const name = `The variable ${shown(key)}`;
        const isExact = isCredentialName(key);
        yield { string, path: ['env', key], name, mayBeBlank: true, isExact };
      }
    }
    return;
  }
  // What is blank is no address, and another rule says so.
  if (url !== undefined && isSuspect(url.value) && url.value.trim() !== '') {
    yield { string: url, path: ['url'], name: 'The url', ...exact };
  }
  for (const { name: key, nameRange, value: string } of headers) {
    if (isSuspect(key) && key.trim() !== '') {
      const name = `The header name ${shown(key)}`;
      const string = { value: key, range: nameRange };
      const isTaken = headers.some((other) => other.name === key.trim());
      yield { string, path: ['headers', key], name, isTaken, ...exact };
    }
    if (isSuspect(string.value)) {
      yield { string, path: ['headers', key], name: `The header ${shown(key)}`, ...exact };
    }
  }
}

/** The cheap question that almost every text answers with no. */
function isSuspect(value: string): boolean {
  const first = value.charCodeAt(0);
  const last = value.charCodeAt(value.length - 1);
  return first <= 32 || first >= 127 || last <= 32 || last >= 127 || hasStrangeCharacter(value);
}

/** White space where Claude Code warns of it, too. */
function checkEnds(
  { text }: McpConfig,
  { string, name, mayBeBlank, isTaken }: ReadText,
): Omit<Report, 'server'> | undefined {
  const { value } = string;
  const start = value.length - value.trimStart().length;
  const end = value.trimEnd().length;
  if (value.trim() === value || (end === 0 && mayBeBlank)) {
    return undefined;
  }
  const edges = [
    rangeInString(text, string, 0, start),
    rangeInString(text, string, end, value.length),
  ];
  const [before, after] = edges;
  const range = start === 0 ? after : end === value.length ? before : string.range;
  if (end === 0 || isSchemeAlone(value)) {
    const message = `${name} is ${end === 0 ? 'nothing but white space' : `"${value.trim()}" and white space: what belongs behind it is missing`}. Claude Code warns of it and uses the value as it stands. Write the whole value.`;
    return { range: range ?? string.range, message };
  }
  const where =
    start === 0
      ? 'ends in white space'
      : end === value.length
        ? 'begins with white space'
        : 'has white space around it';
  const edits = edges.filter(({ length }) => length > 0).map(removal);
  return {
    range: range ?? string.range,
    message: `${name} ${where}. Claude Code warns of it and uses the value as it stands. Remove the white space.`,
    fixes: () => (isTaken ? [] : [{ title: 'Remove the white space', edits, isSafe: true }]),
  };
}

function isSchemeAlone(value: string): boolean {
  return /^\s*(?:Bearer|Basic|Token)\s*$/i.test(value);
}

function removal(range: OffsetRange): TextEdit {
  return { range, newText: '' };
}

/** What a paste brings along and nobody sees. */
function checkInside(
  { text }: McpConfig,
  { string, name, isExact }: ReadText,
): Omit<Report, 'server'> | undefined {
  const found = isExact ? findStrangeCharacters(string.value) : [];
  const [first] = found;
  if (first === undefined) {
    return undefined;
  }
  return {
    range: rangeInString(text, string, first.index, first.index + 1),
    message: `${name} has ${first.description} in it, which Claude Code passes on as it stands. ${first.meant === '' ? 'Remove it.' : 'Write the plain one.'}`,
    fixes: () => {
      const edits = found.map(({ index, meant }) => ({
        range: rangeInString(text, string, index, index + 1),
        newText: meant,
      }));
      return [{ title: 'Write plain characters', edits, isSafe: false }];
    },
  };
}
