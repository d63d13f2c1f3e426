import { rangeInString, type JsonPath, type StringValue } from '../../../config/json';
import { isThisMachine } from '../../../config/isThisMachine';
import type { McpServer } from '../../../config/mcpConfig';
import { withDefaults } from '../../../config/variables';
import { shown } from '../../words';
import { findRemoteWrapper } from '../../../wrappers/remoteWrapper';
import type { Rule } from '../../rule';
import { findStandIn } from '../standIns';

export const urlInsecure = {
  id: 'url-insecure',
  category: 'credentials',
  severity: 'warning',
  *check({ config }) {
    for (const server of config.servers) {
      const { string: url, path } = addressOf(server);
      const scheme = /^(http|ws):\//i.exec(url?.value.trimStart() ?? '')?.[1];
      const host = url && scheme && hostName(url.value);
      if (!url || !scheme || !host || isOtherScheme(server, scheme) || isThisMachine(host)) {
        continue;
      }
      const start = url.value.length - url.value.trimStart().length;
      const range = rangeInString(config.text, url, start, start + scheme.length);
      const secure = `${scheme}s`.toLowerCase();
      yield {
        range,
        server,
        path: [...server.path, ...path],
        message: `${whatIsExposed(server)} ${shown(host)} without encryption: everyone on the way can read it. Use ${secure}.`,
        fixes: () => [
          { title: `Change to ${secure}`, edits: [{ range, newText: secure }], isSafe: false },
        ],
      };
    }
  },
} satisfies Rule<'url-insecure'>;

/** Where the server is reached: its url, or what a wrapper such as mcp-remote is given. */
function addressOf(server: McpServer): { string: StringValue | undefined; path: JsonPath } {
  if (server.transport !== 'stdio') {
    return { string: server.url, path: ['url'] };
  }
  const isSuspect = server.args.some(({ value }) => value.includes('http://'));
  const wrapped = isSuspect ? findRemoteWrapper(server)?.url : undefined;
  const string = server.args.find(({ value }) => value === wrapped);
  return { string, path: ['args', string?.index ?? 0] };
}

function whatIsExposed({ headers, headersHelper }: McpServer): string {
  return headers.length > 0 || headersHelper ? 'The headers go to' : 'What is asked goes to';
}

/** The host of `url`; `undefined` where it is none, or a variable without a default decides it. */
function hostName(url: string): string | undefined {
  const plain = /^[a-z]{2,5}:\/\/([a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)*)(?:\/|$)/i.exec(url)?.[1];
  if (plain !== undefined) {
    return plain;
  }
  const address = withDefaults(url).trim();
  const [authority = ''] = address.replace(/^[a-z]+:[/\\]*/i, '').split(/[/?#\\]/, 1);
  if (authority.includes('${')) {
    return undefined;
  }
  // What stands for a host, and what is no address at all, another rule speaks of.
  return findStandIn(address) === undefined && URL.canParse(address)
    ? new URL(address).hostname
    : undefined;
}

/** Nothing is sent to a socket by this type: another rule says so. */
function isOtherScheme({ transport }: McpServer, scheme: string): boolean {
  return (transport === 'http' || transport === 'sse') && scheme.toLowerCase() === 'ws';
}
