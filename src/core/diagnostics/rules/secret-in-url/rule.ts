import { isBlankedName } from '../../../config/dialects/blankedNames';
import { rangeInString } from '../../../config/json';
import type { Rule } from '../../rule';
import { secretReferences } from '../secretReferences';

export const secretInUrl = {
  id: 'secret-in-url',
  category: 'credentials',
  severity: 'information',
  *check({ config }) {
    for (const { server, leaf, name, start, end } of secretReferences(config, 'url')) {
      const part = partAt(leaf.value, start);
      if (part === undefined || isBlankedName(name)) {
        continue;
      }
      yield {
        range: rangeInString(config.text, leaf, start, end),
        server,
        path: leaf.path,
        variables: [name],
        message: `${name} is sent ${advice[part]}`,
      };
    }
  },
} satisfies Rule<'secret-in-url'>;

type UrlPart = 'userinfo' | 'path' | 'query';

const advice: Readonly<Record<UrlPart, string>> = {
  userinfo:
    'as part of the address, which ends in logs. Send it in a header, "Authorization": "Basic …", where the server reads one.',
  path: 'as part of the address, which ends in logs of the server and of everything on the way. If the server reads a header as well, send it there.',
  query:
    'as part of the address, which ends in logs; the authorization specification of MCP forbids access tokens in the query. If the server reads a header, such as "Authorization": "Bearer …", send it there.',
};

/** @see RFC 3986 §3 */
function partAt(url: string, index: number): UrlPart | undefined {
  const authority = url.indexOf('://') + 3;
  if (authority < 3 || index < authority) {
    return undefined;
  }
  const before = url.slice(authority, index);
  if (before.includes('#')) {
    return undefined;
  }
  if (before.includes('?')) {
    return 'query';
  }
  if (before.includes('/')) {
    return 'path';
  }
  // A host follows, perhaps behind the password.
  const [rest = ''] = url.slice(index).split('/', 1);
  return rest.includes('@') ? 'userinfo' : undefined;
}
