import { rangeInString } from '../../../config/json';
import type { Rule } from '../../rule';
import { authorizationHeaders } from '../authorizationHeaders';

/** Two schemes, and something behind them: `Bearer token` alone would be a scheme and a token. */
const twoSchemes = /^\s*((bearer|basic|token|apikey)\s+)(bearer|basic|token|apikey)\s+\S/i;

export const authSchemeDoubled = {
  id: 'auth-scheme-doubled',
  category: 'credentials',
  severity: 'warning',
  *check({ config }) {
    for (const { server, header } of authorizationHeaders(config)) {
      const { value } = header.value;
      const [, prefix = '', first, second] = twoSchemes.exec(value) ?? [];
      if (first === undefined || second === undefined) {
        continue;
      }
      const start = value.length - value.trimStart().length;
      const range = rangeInString(config.text, header.value, start, start + prefix.length);
      const both = `${first} ${second}`;
      const isSame = first.toLowerCase() === second.toLowerCase();
      yield {
        range: rangeInString(config.text, header.value, start, start + both.length),
        server,
        path: [...server.path, 'headers', header.name],
        message: `The header starts with two schemes, "${both}". The server takes the second word for the credential and refuses it. Keep one scheme.`,
        fixes: () => [
          { title: `Remove "${first}"`, edits: [{ range, newText: '' }], isSafe: isSame },
        ],
      };
    }
  },
} satisfies Rule<'auth-scheme-doubled'>;
