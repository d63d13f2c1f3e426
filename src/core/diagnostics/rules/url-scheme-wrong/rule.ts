import { replaceNode } from '../../../config/changeProperties';
import { expandUrl } from '../../../config/expandedUrl';
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
          const https = scheme === 'ws' ? 'http' : 'https';
          const changeType: Fix[] =
            isSocket && type
              ? [
                  {
                    title: 'Change the type to "ws"',
                    edits: [replaceNode(type, '"ws"')],
                    isSafe: false,
                  },
                ]
              : [];
          const hasHost = new URL(expanded.text).host !== '';
          const changeScheme: Fix[] = hasHost
            ? [{ title: `Change to ${https}`, edits: [{ range, newText: https }], isSafe: false }]
            : [];
          return [...changeType, ...changeScheme];
        },
      };
    }
  },
} satisfies Rule<'url-scheme-wrong'>;
