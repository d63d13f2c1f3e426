import type { OffsetRange, TextEdit } from '../../../base/range';
import { rangeInString } from '../../../config/json';
import type { McpConfig } from '../../../config/mcpConfig';
import { findStrangeCharacters } from '../../../config/strangeCharacters';
import type { Report, Rule } from '../../rule';
import { hasSuspectText, suspectTexts, type ReadText } from '../suspectTexts';

export const valueWhitespace = {
  id: 'value-whitespace',
  category: 'loading',
  severity: 'warning',
  *check({ config }) {
    for (const server of config.servers) {
      if (!server.isShadowed && hasSuspectText(server)) {
        for (const text of suspectTexts(server)) {
          const report = checkEnds(config, text) ?? checkInside(config, text);
          if (report !== undefined) {
            yield { server, path: [...server.path, ...text.path], ...report };
          }
        }
      }
    }
  },
} satisfies Rule<'value-whitespace'>;

/** White space where Claude Code warns of it, too. */
function checkEnds(
  { text }: McpConfig,
  { string, name, mayBeBlank, isTaken }: ReadText,
): Omit<Report, 'server'> | undefined {
  const { value } = string;
  const start = value.length - value.trimStart().length;
  const end = value.trimEnd().length;
  if (value.trim() === value) {
    return undefined;
  }
  if (end === 0 && mayBeBlank) {
    const message = `${name} is nothing but white space. Claude Code warns of it and passes it on. Remove it unless it is meant.`;
    return { range: string.range, severity: 'information', message };
  }
  const edges = [
    rangeInString(text, string, 0, start),
    rangeInString(text, string, end, value.length),
  ];
  const [before, after] = edges;
  const range = start === 0 ? after : end === value.length ? before : string.range;
  if (end === 0 || isSchemeAlone(value)) {
    const message = `${name} is ${end === 0 ? 'nothing but white space' : `"${value.trim()}" and white space: what belongs behind it is missing`}. Claude Code warns of it and uses the value unchanged. Write the whole value.`;
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
    message: `${name} ${where}. Claude Code warns of it and keeps it. Remove the white space.`,
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
    message: `${name} has ${first.description} in it, which Claude Code passes on unchanged. ${first.meant === '' ? 'Remove it.' : 'Write the plain one.'}`,
    fixes: () => {
      const edits = found.map(({ index, meant }) => ({
        range: rangeInString(text, string, index, index + 1),
        newText: meant,
      }));
      return [{ title: 'Write plain characters', edits, isSafe: false }];
    },
  };
}
