import { oneLine } from '../base/text';
import type { McpServer } from '../config/mcpConfig';
import type { Shell } from '../shell/shells';
import type { CurlLinePlan, CurlLineRefusal } from './planCurlLine';
import { describeRefusal } from './refusal';

type Planned = Extract<CurlLinePlan, { kind: 'planned' }>;

/** What a person who has the line has to know, in sentences without any value. */
export function describeCurlLine(
  { request, forLiterals, host = 'the address in url' }: Planned,
  { transport, headersHelper }: McpServer,
  { id, label }: Shell,
): string {
  const names = request.variables.map(({ name }) => name);
  const to = oneLine(host, 100);
  return [
    `Copied as curl for ${label}.`,
    // A message that is long shows no more than its beginning.
    names.length === 0
      ? `Running it sends a request to ${to}.`
      : `Set ${listOf(names)} first; running it sends ${names.length === 1 ? 'the value' : 'the values'} to ${to}.`,
    ...(forLiterals.length === 0
      ? []
      : [
          `${listOf(forLiterals)} ${forLiterals.length === 1 ? 'stands' : 'stand'} for what the file has as text.`,
        ]),
    ...(headersHelper === undefined ? [] : ['The headers of its headersHelper are not in it.']),
    ...(id === 'cmd' ? ['It is for the prompt, not for a file, and needs curl 8.3 or newer.'] : []),
    ...(transport === 'http' ? [] : ['It ends after 10 seconds.']),
  ].join(' ');
}

/** Why there is none, in sentences without any value. */
export function describeCurlLineRefusal(refusal: CurlLineRefusal): string {
  switch (refusal.kind) {
    case 'variable-nested':
      return `The value of ${refusal.variable} refers to other variables. Claude Code replaces them in a header, a shell does not. Refer to them in the header itself.`;
    case 'scheme-variable':
      return 'The scheme of url comes from a variable, and curl needs another one for a WebSocket. Write ws:// or wss:// into url.';
    case 'literal-left':
      return 'A credential stands in url or headers where no variable can take its place. Move it out of the file first.';
    default:
      return describeRefusal(refusal).cause;
  }
}

function listOf(names: readonly string[]): string {
  const [last = '', ...others] = [...names].reverse();
  return others.length === 0 ? last : `${others.reverse().join(', ')} and ${last}`;
}
