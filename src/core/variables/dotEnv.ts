/** One `NAME=value` line of a `.env` file. */
export interface DotEnvEntry {
  readonly name: string;
  readonly value: string;
}

/** A line that sets a variable, its value included; the first group is the name. */
export const entryLine =
  /^\uFEFF?[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*=[ \t]*(?:'((?:[^'])*)'|"((?:\\.|[^"\\])*)"|([^\r\n#]*))/gm;

/** The entries of a `.env` file in order; of duplicates the last counts. */
export function parseDotEnv(text: string): readonly DotEnvEntry[] {
  return Array.from(text.matchAll(entryLine), ([, name = '', single, double, plain = '']) => ({
    name,
    value: single ?? (double === undefined ? plain.trim() : unescapeDouble(double)),
  }));
}

function unescapeDouble(value: string): string {
  return value.replace(/\\([nrt"\\$`])/g, (_, escaped: string) => {
    const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
    return controls[escaped] ?? escaped;
  });
}

/**
 * `NAME=value` as shells and dotenv read alike: bare where no character has a meaning to either,
 * else in single quotes. `undefined` where no form is read alike by all: a single quote or a line
 * break inside the value.
 */
export function formatDotEnvLine(name: string, value: string): string | undefined {
  if (/^[A-Za-z0-9_./:@%+,=-]+$/.test(value)) {
    return `${name}=${value}`;
  }
  return /['\r\n\0]/.test(value) ? undefined : `${name}='${value}'`;
}

/**
 * The text of a `.env` file with `name` set. An existing line is replaced in its place, a new one
 * goes to the end; everything else stays as it is.
 */
export function setInDotEnv(text: string, name: string, dotEnvLine: string): string {
  const existing = Array.from(text.matchAll(entryLine)).findLast((match) => match[1] === name);
  if (existing !== undefined) {
    const [start = ''] = /^\uFEFF?[ \t]*(?:export[ \t]+)?/.exec(existing[0]) ?? [];
    const end = existing.index + existing[0].length;
    // What stands behind the old value, a comment or a rest of it, would become part of the new one.
    const rest = /^[^\r\n]*/.exec(text.slice(end))?.[0] ?? '';
    const before = text.slice(0, existing.index) + start;
    return before + dotEnvLine + text.slice(end + rest.length);
  }
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const separator = text === '' || text.endsWith('\n') ? '' : eol;
  return `${text}${separator}${dotEnvLine}${eol}`;
}
