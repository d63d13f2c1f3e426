import { quoteForFish } from '../quote';
import {
  complaintFor,
  complaints,
  printfToCurl,
  type NamedRequest,
  type NamedVariable,
} from './namedRequest';

/** What a value may not hold, as an expression. In the locale C, fish has a character for each byte. */
const patterns = {
  ascii: '[^ -~]',
  header: '[^ -~\\x{80}-\\x{ff}]',
  url: '[^A-Za-z0-9._~:/?#@$&()*+,;=%-]',
} as const;

/**
 * For fish, whose `string` and `printf` are part of it: no argument of any process has a value.
 * `printenv` gives what a program started there gets; `$status` and others are fish's own.
 */
export function fishCurlLine(request: NamedRequest): string | undefined {
  const { variables } = request;
  const send = printfToCurl(
    request,
    (part) =>
      typeof part === 'string'
        ? quoteForFish(part)
        : `(command printenv ${part.variable} | string replace -ar '[\\\\\\\\"]' '\\\\\\\\$0')`,
    '    ',
  );
  if (send === undefined || variables.length === 0) {
    return send;
  }
  const checks = variables.map((variable) => check(variable, request));
  return `if ${checks.join('\nelse if ')}\nelse\n  ${send}\nend`;
}

/** Two branches of an `if`. The line break that printenv ends with is behind the last character. */
function check(variable: NamedVariable, request: NamedRequest): string {
  const { name } = variable;
  const complaint = complaintFor(variable, request);
  const pattern = quoteForFish(`${patterns[complaint]}[\\s\\S]`) ?? '';
  return [
    `not command printenv ${name} | string length -q; echo '${name} ${complaints.unexported}' >&2; false`,
    `else if string match -qr ${pattern} -- (command printenv ${name} | string collect -N); echo '${name} ${complaints[complaint]}' >&2; false`,
  ].join('\n');
}
