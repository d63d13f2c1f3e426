import { expandUrl } from '../../../config/expandedUrl';
import { escapeForString, type StringValue } from '../../../config/json';
import type { McpServer } from '../../../config/mcpConfig';
import { hasStrangeCharacter } from '../../../config/strangeCharacters';
import { shown } from '../../words';
import type { Fix, Rule } from '../../rule';
import { findStandIn } from '../standIns';

export const urlInvalid = {
  id: 'url-invalid',
  category: 'loading',
  severity: 'warning',
  *check({ config }) {
    for (const server of config.servers) {
      const { url, transport, isShadowed } = server;
      const expanded =
        !isShadowed && url && transport !== 'stdio' ? expandUrl(url.value) : undefined;
      const problem = expanded && findProblem(expanded.text);
      if (!url || !problem || hasStrangeCharacter(url.value)) {
        continue;
      }
      const depends = expanded.variables.length > 0;
      const names = expanded.variables.join(', ');
      yield {
        range: url.range,
        server,
        path: [...server.path, 'url'],
        variables: expanded.variables,
        ...(depends && { severity: 'information' }),
        message: depends ? `Where ${names} is not set, the ${problem}` : `The ${problem}`,
        fixes: () => (depends ? [] : addScheme(server, url)),
      };
    }
  },
} satisfies Rule<'url-invalid'>;

/**
 * Why Claude Code cannot connect, as the rest of a sentence that begins with "The". The address
 * itself is not shown: it may hold a credential.
 */
function findProblem(url: string): string | undefined {
  if (url === '') {
    return 'url is empty, so Claude Code does not connect. Write its address.';
  }
  const placeholder = findStandIn(url);
  if (placeholder !== undefined) {
    return `url still has ${shown(placeholder)} where the host belongs, so Claude Code cannot connect. Write the name of the host.`;
  }
  return URL.canParse(url)
    ? undefined
    : 'url has no form that Claude Code can connect to. Write scheme and host, as in "https://mcp.example.com/mcp".';
}

/** Not safe to apply unseen: the server would be asked from then on. */
function addScheme({ transport }: McpServer, { value, range }: StringValue): readonly Fix[] {
  const address = value.trim().replace(/^\/\//, '');
  const isLoopback = /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])(?=[:/]|$)/.test(address);
  const isHost = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?=[:/]|$)/i.test(address);
  const scheme = `${transport === 'ws' ? 'ws' : 'http'}${isLoopback ? '' : 's'}`;
  const whole = `${scheme}://${address}`;
  return (isLoopback || isHost) && URL.canParse(whole)
    ? [
        {
          title: `Write ${scheme}:// before it`,
          edits: [{ range, newText: `"${escapeForString(whole)}"` }],
          isSafe: false,
        },
      ]
    : [];
}
