/*
 * One word for one line of a shell that reads back as exactly `value`. Control characters are
 * written as escapes: a terminal would take them for keys, also in the middle of what is pasted.
 * `undefined` where the shell has no way to write the value; a NUL has none in any.
 */

/** For bash and zsh: single quotes, or `$'…'` where there is a control character. */
export function quoteForBash(value: string): string | undefined {
  if (!isPossible(value)) {
    return undefined;
  }
  if (!hasControls(value)) {
    return `'${value.replaceAll("'", `'\\''`)}'`;
  }
  const escaped = value
    .replace(/['\\]/g, '\\$&')
    .replace(controls, (character) =>
      Array.from(
        new TextEncoder().encode(character),
        (byte) => `\\${byte.toString(8).padStart(3, '0')}`,
      ).join(''),
    );
  return `$'${escaped}'`;
}

/** For fish: single quotes, with a backslash before `'` and `\`; escapes stand outside of them. */
export function quoteForFish(value: string): string | undefined {
  if (!isPossible(value)) {
    return undefined;
  }
  const quoted = `'${value.replace(/['\\]/g, '\\$&')}'`;
  return quoted.replace(controls, (character) => `'\\u${hexOf(character)}'`);
}

/** For PowerShell: each of the marks that it takes for a single quote is doubled. */
export function quoteForPowerShell(value: string): string | undefined {
  if (!isPossible(value)) {
    return undefined;
  }
  const quoted = `'${value.replace(/['‘’‚‛]/g, '$&$&')}'`;
  return quoted.replace(controls, (character) => `' + [char]0x${hexOf(character)} + '`);
}

/** `"name=value"` for `set` of cmd, which expands `%` in quotes too and has no escapes. */
export function quoteForCmd(name: string, value: string): string | undefined {
  const isCarried = isPossible(value) && !hasControls(value) && !/["%!]/.test(value);
  return isCarried && value.length < maxCmdLine ? `"${name}=${value}"` : undefined;
}

/** A line of cmd has 8191 characters; the rest is for the name. */
const maxCmdLine = 8000;

const controls = /[\x00-\x1f\x7f-\x9f\u2028\u2029]/g;

function hasControls(value: string): boolean {
  return value.search(controls) !== -1;
}

function isPossible(value: string): boolean {
  return !value.includes('\0') && !/\p{Surrogate}/u.test(value);
}

function hexOf(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, '0');
}
