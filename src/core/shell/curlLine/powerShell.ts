import { quoteForPowerShell } from '../quote';
import {
  complaints,
  configLine,
  curlFromStdin,
  joinWritten,
  type LinePart,
  type NamedRequest,
  type NamedVariable,
} from './namedRequest';

/**
 * For Windows PowerShell 5.1 and PowerShell 7. `curl` alone is another command in 5.1; the encoding
 * is that of what is piped to a program, there ASCII unless it is set, and goes with the block.
 */
export function powerShellCurlLine({ options, variables }: NamedRequest): string | undefined {
  const lines = options.map((option) => configLine(option, write, ' + '));
  const items = joinWritten(
    lines.map((line) => line && (line.includes(' + ') ? `  (${line})` : `  ${line}`)),
    '\n',
  );
  return (
    items &&
    [
      '& {',
      ...variables.map(check),
      '$OutputEncoding = [Text.Encoding]::GetEncoding(28591)',
      '$curl = Get-Command curl -CommandType Application | Select-Object -First 1',
      '@(',
      items,
      `) | & $curl ${curlFromStdin}`,
      '}',
    ].join('\n')
  );
}

function write(part: LinePart): string | undefined {
  return typeof part === 'string'
    ? quoteForPowerShell(part)
    : `($env:${part.variable} -creplace '[\\\\"]', '\\$0')`;
}

function check({ name, isInUrl }: NamedVariable): string {
  const [pattern, complaint] = isInUrl
    ? ['[^A-Za-z0-9._~:/?#@$&()*+,;=%-]', complaints.url]
    : ['[^ -~\\x80-\\xff]', complaints.header];
  const fail = (text: string) => `{ [Console]::Error.WriteLine('${name} ${text}'); return }`;
  return [
    `if (-not $env:${name}) ${fail(complaints.unset)}`,
    `if ($env:${name} -cmatch '${pattern}') ${fail(complaint)}`,
  ].join('\n');
}
