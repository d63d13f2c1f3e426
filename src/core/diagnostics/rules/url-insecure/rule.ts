import { rangeInString } from '../../../config/json';
import type { McpServer } from '../../../config/mcpConfig';
import { findReferences } from '../../../config/variables';
import { shown } from '../../words';
import type { Rule } from '../../rule';

export const urlInsecure = {
  id: 'url-insecure',
  category: 'credentials',
  severity: 'warning',
  *check({ config }) {
    for (const server of config.servers) {
      const { url } = server;
      const scheme = /^(http|ws):\/\//i.exec(url?.value.trimStart() ?? '')?.[1];
      if (url === undefined || scheme === undefined || !leavesThisMachine(url.value)) {
        continue;
      }
      const start = url.value.length - url.value.trimStart().length;
      const range = rangeInString(config.text, url, start, start + scheme.length);
      const secure = `${scheme}s`.toLowerCase();
      yield {
        range,
        server,
        path: [...server.path, 'url'],
        message: `${whatIsExposed(server)} ${hostOf(url.value)} without encryption: everyone on the way can read it. Use ${secure}.`,
        fixes: () => [
          { title: `Change to ${secure}`, edits: [{ range, newText: secure }], isSafe: false },
        ],
      };
    }
  },
} satisfies Rule<'url-insecure'>;

function whatIsExposed({ headers, headersHelper }: McpServer): string {
  return headers.length > 0 || headersHelper ? 'The headers go to' : 'What is asked goes to';
}

/** The host between scheme and path, without user name and port. */
function hostName(url: string): string {
  const authority = /^\s*[a-z]+:\/\/([^/?#]*)/i.exec(url)?.[1] ?? '';
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  return /^\[[^\]]*\]/.exec(host)?.[0] ?? host.replace(/:[^:]*$/, '');
}

function hostOf(url: string): string {
  return shown(hostName(url));
}

/**
 * Whether the request is known to leave this machine. A host that is a variable without a default
 * is not known.
 */
function leavesThisMachine(url: string): boolean {
  const [first] = findReferences(url.slice(0, 500));
  const withDefaults = url.replace(/\$\{[A-Za-z_][A-Za-z0-9_]*:-([^}]*)\}/g, '$1');
  const host = hostName(withDefaults).toLowerCase();
  if (host === '' || (first !== undefined && host.includes('${'))) {
    return false;
  }
  return !(
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '[::1]' ||
    /^127(?:\.\d{1,3}){3}$/.test(host)
  );
}
