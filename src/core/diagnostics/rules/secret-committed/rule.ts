import { rangeEnd } from '../../../base/range';
import { rangeInString } from '../../../config/json';
import { secretsIn } from '../../../secrets/secretsIn';
import type { Rule } from '../../rule';

export const secretCommitted = {
  id: 'secret-committed',
  category: 'credentials',
  severity: 'error',
  *check({ config, files }) {
    if (files.committed === undefined) {
      return;
    }
    for (const { server, leaf, secrets } of secretsIn(config)) {
      for (const { start, end } of secrets) {
        const range = rangeInString(config.text, leaf, start, end);
        const fact = files.committed(config.text.slice(range.offset, rangeEnd(range)));
        if (fact !== undefined) {
          const commits = fact.commits === 1 ? 'one commit' : `${fact.commits} commits`;
          yield {
            range,
            ...(server && { server }),
            path: leaf.path,
            message: `This credential is in ${commits} of the repository since ${fact.since}, where deleting it here leaves it. Replace it at its provider, then move the new one to a variable.`,
          };
        }
      }
    }
  },
} satisfies Rule<'secret-committed'>;
