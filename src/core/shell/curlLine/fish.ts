import { quoteForFish } from '../quote';
import {
  complaintFor,
  complaints,
  configLine,
  curlFromStdin,
  joinWritten,
  type NamedRequest,
  type NamedVariable,
} from './namedRequest';

/** What a value may not hold, as an expression. */
const patterns = {
  ascii: '[^ -~]',
  header: '[\\x00-\\x1f\\x7f]',
  url: '[^A-Za-z0-9._~:/?#@$&()*+,;=%-]',
} as const;

/** For fish, whose `string` and `printf` are part of it: no argument of any process has a value. */
export function fishCurlLine(request: NamedRequest): string | undefined {
  const { options, variables, isAscii } = request;
  const lines = options.map((option) =>
    configLine(option, (part) =>
      typeof part === 'string'
        ? quoteForFish(part)
        : `(string replace -ar '[\\\\\\\\"]' '\\\\\\\\$0' -- "$${part.variable}")`,
    ),
  );
  const send = joinWritten(
    [
      "printf '%s\\n'",
      ...lines,
      ...(isAscii ? [] : ['| command iconv -f UTF-8 -t ISO-8859-1']),
      `| command curl ${curlFromStdin}`,
    ],
    ' \\\n    ',
  );
  if (send === undefined || variables.length === 0) {
    return send;
  }
  return [
    'begin',
    '  set -l mcp_bad',
    ...variables.map((variable) => check(variable, request)),
    `  test -z "$mcp_bad"; and ${send}`,
    'end',
  ].join('\n');
}

function check(variable: NamedVariable, request: NamedRequest): string {
  const { name } = variable;
  const complaint = complaintFor(variable, request);
  const pattern = quoteForFish(patterns[complaint]) ?? '';
  return [
    `  if test -z "$${name}"; echo '${name} ${complaints.unset}' >&2; set mcp_bad 1`,
    `  else if string match -qr ${pattern} -- "$${name}"; echo '${name} ${complaints[complaint]}' >&2; set mcp_bad 1; end`,
  ].join('\n');
}
