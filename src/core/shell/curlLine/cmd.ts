import { complaints, joinWritten, type LinePart, type NamedRequest } from './namedRequest';

/** A line of cmd has 8191 characters. */
const maxLength = 8000;

/**
 * For the prompt of cmd. Each side of a pipe is a cmd of its own that has its commands as an
 * argument, with `%NAME%` replaced: nothing is piped, and curl itself reads the variables, from 8.3
 * on. `undefined` where cmd has no way to write the text.
 * @see https://curl.se/docs/manpage.html#--variable
 */
export function cmdCurlLine({ options, variables, isAscii }: NamedRequest): string | undefined {
  if (!isAscii) {
    return undefined;
  }
  const checks = variables.map(
    ({ name }) => `if not defined ${name} (echo ${name} ${complaints.unset} >&2) else `,
  );
  const imports = variables.map(({ name }) => `--variable %${name}`);
  const written = options.map(({ name, value = [] }) => {
    const isExpanded = value.some((part) => typeof part !== 'string');
    const argument = isExpanded ? expandable(value) : value.join('');
    const word = argument === undefined || argument === '' ? argument : wordOf(argument);
    return word === undefined
      ? undefined
      : `--${isExpanded ? 'expand-' : ''}${name} ${word}`.trim();
  });
  const command = joinWritten(['curl.exe -q', ...imports, ...written], ' ');
  const line = command && checks.join('') + command;
  return line === undefined || line.length > maxLength ? undefined : line;
}

/** `{{NAME}}` for each variable; a backslash before `{{` takes its meaning, and has none to take it from itself. */
function expandable(parts: readonly LinePart[]): string | undefined {
  const written = parts.map((part) =>
    typeof part === 'string' ? part.replaceAll('{{', '\\{{') : `{{${part.variable}}}`,
  );
  return written.some((text, index) => text.endsWith('\\') && index < written.length - 1)
    ? undefined
    : written.join('');
}

/**
 * One argument in double quotes, as the runtime of C reads it. cmd takes each `"` for a beginning or
 * an end, so that beside one there may be nothing that it gives a meaning outside of quotes; `%` is
 * safe only where it begins with a digit, as the code of a space does, and `!` may be replaced.
 */
function wordOf(text: string): string | undefined {
  const isCarried =
    /^[ -~]*$/.test(text) &&
    !/!|%(?!\d[\dA-Fa-f])/.test(text) &&
    !(text.includes('"') && /[&|<>^()]/.test(text));
  return isCarried ? `"${text.replace(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, '$&$&')}"` : undefined;
}
