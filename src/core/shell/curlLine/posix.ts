import { quoteForBash } from '../quote';
import {
  complaintFor,
  complaints,
  printfToCurl,
  type NamedRequest,
  type NamedVariable,
} from './namedRequest';

/**
 * What a value may hold, as a set for `tr` in the locale C. In UTF-8, what is beyond Latin-1 begins
 * with a byte after 303 (octal).
 */
const sets = {
  ascii: ' -~',
  header: '\\40-\\176\\200-\\303',
  url: 'A-Za-z0-9._~:/?#@$&()*+,;=%-',
} as const;

/**
 * For bash, zsh and what reads POSIX syntax. `printenv` gives what a program started there gets,
 * also of names that are something else to the shell, such as `status`. `printf` and the functions
 * are part of the shell, and sed, tr and iconv read what they work on: no argument of any process
 * has a value. Text stands in single quotes alone, where an interactive shell expands no `!`.
 */
export function posixCurlLine(request: NamedRequest): string | undefined {
  const { variables } = request;
  const send = printfToCurl(
    request,
    (part) => (typeof part === 'string' ? quoteForBash(part) : `"$(mcp_quote ${part.variable})"`),
    '  ',
  );
  if (send === undefined || variables.length === 0) {
    return send;
  }
  // Functions of a subshell are gone with it.
  return [
    `(mcp_check() { if [ -z "$(command printenv "$1")" ]; then echo "$1 ${complaints.unexported}" >&2; exit 1; fi`,
    `  if [ "$(command printenv "$1" | LC_ALL=C command tr -d "$2"; echo .)" = "$(echo; echo .)" ]; then :; else echo "$1 $3" >&2; exit 1; fi; }`,
    `mcp_quote() { command printenv "$1" | LC_ALL=C command sed 's/[\\\\"]/\\\\&/g'; }`,
    ...variables.map((variable) => check(variable, request)),
    `${send})`,
  ].join('\n');
}

function check(variable: NamedVariable, request: NamedRequest): string {
  const { name } = variable;
  const complaint = complaintFor(variable, request);
  return `mcp_check ${name} '${sets[complaint]}' '${complaints[complaint]}'`;
}
