import { replaceNode } from '../../../config/changeProperties';
import { expandUrl } from '../../../config/expandedUrl';
import { isThisMachine } from '../../../config/isThisMachine';
import { findValue, rangeInString } from '../../../config/json';
import { shown } from '../../words';
import type { Fix, Rule } from '../../rule';

export const urlSchemeWrong = {
  id: 'url-scheme-wrong',
  category: 'loading',
  severity: 'warning',
  *check({ config }) {
    for (const server of config.servers) {
      const { url, transport, isShadowed, node } = server;
      // A socket server is reached under https:// as well.
      const isHttp = transport === 'http' || transport === 'sse';
      if (isShadowed || !isHttp || !url || /^\s*https?:/i.test(url.value)) {
        continue;
      }
      const scheme = /^\s*([a-z][a-z0-9+.-]*):\/\//i.exec(url.value)?.[1]?.toLowerCase();
      const expanded = scheme && expandUrl(url.value);
      if (!scheme || !expanded || !URL.canParse(expanded.text)) {
        continue;
      }
      const start = url.value.length - url.value.trimStart().length;
      const range = rangeInString(config.text, url, start, start + scheme.length);
      const isSocket = scheme === 'ws' || scheme === 'wss';
      yield {
        range,
        server,
        path: [...server.path, 'url'],
        message: `Claude Code will not connect: a server of type "${transport}" is reached under https:// or http://, not ${shown(`${scheme}://`)}. ${isSocket ? 'For a socket the type is "ws".' : 'Write the address of its MCP endpoint.'}`,
        fixes: () => {
          const type = findValue(node, 'type');
          const { host, hostname } = new URL(expanded.text);
          // Only on this machine nobody listens.
          const isPlain = scheme === 'ws' && isThisMachine(hostname);
          const https = isPlain ? 'http' : 'https';
          const toSecure = isPlain || scheme === 'wss' ? [] : [{ range, newText: 'wss' }];
          const changeType: Fix[] =
            isSocket && type
              ? [
                  {
                    title: `Change the type to "ws"${toSecure.length > 0 ? ' and use wss' : ''}`,
                    edits: [replaceNode(type, '"ws"'), ...toSecure],
                    isSafe: false,
                  },
                ]
              : [];
          const changeScheme: Fix[] = host
            ? [{ title: `Change to ${https}`, edits: [{ range, newText: https }], isSafe: false }]
            : [];
          return [...changeType, ...changeScheme];
        },
      };
    }
  },
} satisfies Rule<'url-scheme-wrong'>;
