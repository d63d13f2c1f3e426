import { quoteForBash } from '../quote';
import {
  complaintFor,
  complaints,
  configLine,
  curlFromStdin,
  joinWritten,
  type NamedRequest,
  type NamedVariable,
} from './namedRequest';

/** What a value may hold, as a set for `tr` in the locale C. */
const sets = {
  ascii: ' -~',
  header: '\\40-\\176\\200-\\377',
  url: 'A-Za-z0-9._~:/?#@$&()*+,;=%-',
} as const;

/**
 * For bash, zsh and what reads POSIX syntax. `printf` and the functions are part of the shell, and
 * sed, tr and iconv read what they work on: no argument of any process has a value. Text stands in
 * single quotes alone, where an interactive shell expands no `!`.
 */
export function posixCurlLine(request: NamedRequest): string | undefined {
  const { options, variables, isAscii } = request;
  const lines = options.map((option) =>
    configLine(option, (part) =>
      typeof part === 'string' ? quoteForBash(part) : `"$(mcp_quote "$${part.variable}")"`,
    ),
  );
  const send = joinWritten(
    [
      "printf '%s\\n'",
      ...lines,
      ...(isAscii ? [] : ['| command iconv -f UTF-8 -t ISO-8859-1']),
      `| command curl ${curlFromStdin}`,
    ],
    ' \\\n  ',
  );
  if (send === undefined || variables.length === 0) {
    return send;
  }
  // Functions and settings of a subshell are gone with it.
  return [
    '(export LC_ALL=C',
    `mcp_check() { if [ -z "$2" ]; then echo "$1 ${complaints.unset}" >&2; exit 1; fi`,
    `  if [ "$(printf %s "$2" | command tr -d "$3"; echo .)" = . ]; then :; else echo "$1 $4" >&2; exit 1; fi; }`,
    `mcp_quote() { printf %s "$1" | command sed 's/[\\\\"]/\\\\&/g'; }`,
    ...variables.map((variable) => check(variable, request)),
    `${send})`,
  ].join('\n');
}

function check(variable: NamedVariable, request: NamedRequest): string {
  const { name } = variable;
  const complaint = complaintFor(variable, request);
  return `mcp_check ${name} "\${${name}-}" '${sets[complaint]}' '${complaints[complaint]}'`;
}
