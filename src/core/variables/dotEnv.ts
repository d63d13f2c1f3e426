import type { OffsetRange } from '../base/range';

/** One `NAME=value` of a `.env` file. */
export interface DotEnvEntry {
  readonly name: string;
  readonly value: string;
}

/** An entry with its place in the text. */
export interface DotEnvDefinition extends DotEnvEntry {
  readonly nameRange: OffsetRange;
  /** Of the value as it is written, quotes included, the white space around it not. */
  readonly valueRange: OffsetRange;
  readonly hasExport: boolean;
}

/**
 * What the npm package `dotenv` takes for an entry: quotes may go over several lines and close at
 * the last place where the line ends behind them, everything else ends at `#` or at the line's end.
 * The pieces of the match make up all of it, so that their lengths say where each stands.
 */
const entry =
  /^([^\S\r\n\u2028\u2029]*(?<exported>export\s+)?)(?<name>[\w.-]+)(\s*=|:(?:\r\n|\s))(?<source>\s*(?:'(?:\\'|[^'])*'|"(?:\\"|[^"])*"|`(?:\\`|[^`])*`)|[^#\r\n]+)?\s*(?:#.*)?$/gm;

/** The entries of a `.env` file in order, as dotenv reads them; of duplicates the last counts. */
export function parseDotEnv(text: string): readonly DotEnvEntry[] {
  return dotEnvDefinitions(text).map(({ name, value }) => ({ name, value }));
}

/** The same with the place of each name and value. */
export function dotEnvDefinitions(text: string): readonly DotEnvDefinition[] {
  return Array.from(text.matchAll(entry), (match) => {
    const [, before = '', , , separator = ''] = match;
    const { name = '', source = '', exported } = match.groups ?? {};
    const nameOffset = match.index + before.length;
    const raw = source.trim();
    const leading = source.length - source.trimStart().length;
    return {
      name,
      value: readValue(raw),
      nameRange: { offset: nameOffset, length: name.length },
      valueRange: {
        offset: nameOffset + name.length + separator.length + (raw === '' ? 0 : leading),
        length: raw.length,
      },
      hasExport: exported !== undefined,
    };
  });
}

/** Only double quotes have escapes, and of these only two. */
function readValue(raw: string): string {
  const value = raw.replace(/\r\n?/g, '\n').replace(/^(['"`])([^]*)\1$/, '$2');
  return raw.startsWith('"') ? value.replace(/\\n/g, '\n').replace(/\\r/g, '\r') : value;
}
