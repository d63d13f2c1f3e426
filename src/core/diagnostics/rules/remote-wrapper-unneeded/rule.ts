import { findRemoteWrapper, type RemoteWrapper } from '../../../wrappers/remoteWrapper';
import { makeNative } from '../../../wrappers/makeNative';
import type { McpServer } from '../../../config/mcpConfig';
import { shown } from '../../words';
import type { Rule } from '../../rule';
import { expandUrl } from '../../../config/expandedUrl';
import { likelyTransports } from '../../../config/likelyTransports';

export const remoteWrapperUnneeded = {
  id: 'remote-wrapper-unneeded',
  category: 'wrapper',
  severity: 'information',
  *check({ config }) {
    for (const server of config.servers) {
      const wrapper =
        !server.isShadowed && server.transport === 'stdio' ? findRemoteWrapper(server) : undefined;
      if (wrapper === undefined) {
        continue;
      }
      const type = typeFor(wrapper);
      yield {
        ...placeOf(server, wrapper),
        server,
        ...(wrapper.others.length > 0 && { severity: 'hint' }),
        message: `${wrapper.program} only passes on what a remote server says, and Claude Code speaks to remote servers itself: write "type": "${type}" with "url" and "headers". ${advice(wrapper)}`,
        fixes: () => {
          const address = expandUrl(wrapper.url)?.text;
          const isAddress = address === undefined || URL.canParse(address);
          const edits = isAddress ? makeNative(config.text, server, wrapper, type) : undefined;
          const title = `Make it a server of type "${type}" without ${wrapper.program}`;
          return edits ? [{ title, edits, isSafe: false }] : [];
        },
      };
    }
  },
} satisfies Rule<'remote-wrapper-unneeded'>;

function advice({ others: [other] }: RemoteWrapper): string {
  return other === undefined
    ? 'Then no program has to be installed and started, and no credential stands in the process list.'
    : `Find out first what takes the place of ${shown(other)}.`;
}

/** mcp-proxy speaks the older transport unless it is told otherwise. */
function typeFor({ type, program, url }: RemoteWrapper): string {
  return type ?? (program === 'mcp-proxy' ? 'sse' : likelyTransports(url)[0]);
}

function placeOf({ args, command, nameRange, path }: McpServer, { index }: RemoteWrapper) {
  return index === undefined
    ? { range: command?.range ?? nameRange, path: [...path, 'command'] }
    : { range: args[index]?.range ?? nameRange, path: [...path, 'args', index] };
}
