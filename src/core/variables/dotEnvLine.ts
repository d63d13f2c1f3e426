import { isTooLong } from './variableLength';

/** Who loads a `.env`: the npm package and its like, `. ./.env` in a shell, `docker run --env-file`. */
export type DotEnvReader = 'dotenv' | 'sh' | 'docker';

export type DotEnvLine =
  | { readonly kind: 'line'; readonly line: string; readonly readers: readonly DotEnvReader[] }
  /** @property reason as it stands behind "because": "it has …" */
  | { readonly kind: 'refused'; readonly reason: string };

/** From this length on Docker refuses the file, in bytes. */
const maxDockerLine = 64 * 1024;

/**
 * Characters that are nothing but themselves to all readers. In zsh `=` at the start stands for the
 * path of a program, and behind a colon as well; to every shell `~` for the home directory there.
 */
const bare = /^(?![~=])(?:[\w./@%+,=~-]|:(?![~=]))*$/;

/** Inside double quotes: what a shell expands there, and backslashes that only one of them reads. */
const differsInDoubleQuotes = /[$`"]|\\(?:[nr\\\n]|$)/;

/**
 * `NAME=value` in the form that most readers read back as `value`: bare for all of them, else in
 * quotes, which Docker takes for part of the value. Backticks are never used: a shell would run
 * what is between them.
 */
export function formatDotEnvLine(name: string, value: string): DotEnvLine {
  const quoted = `${name}=${quote(value)}`;
  const length = new TextEncoder().encode(quoted).length;
  const refuse = (reason: string): DotEnvLine => ({ kind: 'refused', reason });
  if (value.includes('\0')) {
    return refuse('it has a NUL character, which ends it for every program');
  }
  if (value.includes('\r')) {
    return refuse('it has a carriage return, which dotenv and the shell read differently');
  }
  if (/\p{Surrogate}/u.test(value)) {
    return refuse('it has half a character, which no file can hold');
  }
  if (isTooLong(name, value)) {
    return refuse('it is longer than a variable can be');
  }
  if (bare.test(value)) {
    const readers: readonly DotEnvReader[] = ['dotenv', 'sh', 'docker'];
    return {
      kind: 'line',
      line: `${name}=${value}`,
      readers: length < maxDockerLine ? readers : ['dotenv', 'sh'],
    };
  }
  if (value.endsWith('\\')) {
    return refuse('it ends in a backslash, which dotenv and the shell read differently');
  }
  return value.includes("'") && differsInDoubleQuotes.test(value)
    ? refuse("it has ' beside other characters that dotenv and the shell read differently")
    : { kind: 'line', line: quoted, readers: ['dotenv', 'sh'] };
}

function quote(value: string): string {
  const mark = bare.test(value) ? '' : value.includes("'") ? '"' : "'";
  return mark + value + mark;
}
