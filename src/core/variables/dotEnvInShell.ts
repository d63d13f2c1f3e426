import { parseDotEnv } from './dotEnv';

/**
 * One line, or the lines of one quoted value, that says the same to a shell and to dotenv: nothing,
 * a comment, or `NAME=value` with the value in a form that `formatDotEnvLine` writes. For dotenv a
 * line also ends at U+2028 and U+2029.
 */
const plainLine =
  /[ \t]*(?:(?:export[ \t]+)?(?<name>[A-Za-z_]\w*)=(?:'(?<single>[^'\r\0]*)'|"(?<double>(?:[^"$`\\\r\0]|\\(?!["$`\\nr\n]))*)"|(?<bare>(?![~=])(?:[\w./@%+,=~-]|:(?![~=]))*))(?=[ \t\n]|$))?[ \t]*(?:#[^\r\n\0\u2028\u2029]*)?(?:\n|$)/y;

/**
 * Variables of a shell itself: what is in some of them it runs, others do not keep what they are
 * given. Names in small letters without `_` are left to zsh.
 * @see https://www.gnu.org/software/bash/manual/html_node/Shell-Variables.html
 * @see https://zsh.sourceforge.io/Doc/Release/Parameters.html
 */
const shellOwn = new RegExp(
  `^(?:${[
    '_|[a-z]+|(?:dis|functions|module|zsh)_[a-z_]+',
    '(?:BASH|COMP_|DIRSTACK|EPOCH|FUNC|HIST|MAIL|OPT|PROMPT|PS[0-9V]|READLINE_|TRY_BLOCK_|ZLE_|ZSH_)\\w*',
    'ARGC|ARGV0|BAUD|(?:CD|F|MAN|MODULE_)?PATH|COLUMNS|COPROC|E?GID|E?UID|ERRNO|FIGNORE|GROUPS|IFS',
    'KEYBOARD_HACK|KEYTIMEOUT|LINENO|LINES|LISTMAX|LOGCHECK|(?:READ)?NULLCMD|(?:OLD)?PWD|PERIOD',
    'PIPESTATUS|POSIXLY_CORRECT|POSTEDIT|PPID|S?RANDOM|REPORT(?:MEMORY|TIME)|RPROMPT2?|RPS[12]|SAVEHIST',
    'SECONDS|SHELLOPTS|SHLVL|SPROMPT|STTY|TIMEFMT|TMOUT|TTYIDLE|USERNAME|WATCH|WORDCHARS',
  ].join('|')})$`,
);

/**
 * The number of the first line, from 1, that a shell would run, refuse or give another value than
 * dotenv; `undefined` where a shell can load all of `text`.
 */
export function unlikeLineInShell(text: string): number | undefined {
  const entries = parseDotEnv(text);
  const pattern = new RegExp(plainLine);
  let count = 0;
  let offset = 0;
  while (offset < text.length) {
    const match = pattern.exec(text);
    const { name, single, double, bare } = match?.groups ?? {};
    const entry = name === undefined ? undefined : entries[count++];
    const isSame =
      match !== null &&
      entry?.name === name &&
      entry?.value === (single ?? double ?? bare) &&
      !(name !== undefined && shellOwn.test(name));
    if (!isSame) {
      return lineAt(text, offset);
    }
    offset = pattern.lastIndex;
  }
  return undefined;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
