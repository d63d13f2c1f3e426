import { rangeInString } from '../../../config/json';
import type { Rule } from '../../rule';
import { authorizationHeaders } from '../authorizationHeaders';

const basic = /^\s*Basic(?=\s+\S)(?!\s+(?:bearer|basic|token|apikey)\s)/i;

export const authBasic = {
  id: 'auth-basic',
  category: 'credentials',
  severity: 'hint',
  *check({ config }) {
    for (const { server, header } of authorizationHeaders(config)) {
      const scheme = basic.exec(header.value.value)?.[0];
      if (scheme === undefined) {
        continue;
      }
      const start = scheme.length - 'Basic'.length;
      yield {
        range: rangeInString(config.text, header.value, start, scheme.length),
        server,
        path: [...server.path, 'headers', header.name],
        message:
          'Basic sends a user name and a password with every request; Base64 does not hide them. Where the server offers OAuth or a token that can be revoked, prefer that: without this header Claude Code signs in by OAuth.',
      };
    }
  },
} satisfies Rule<'auth-basic'>;
