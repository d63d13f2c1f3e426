import { rangeEnd } from '../../../base/range';
import { rangeInString } from '../../../config/json';
import { secretsIn } from '../../../secrets/secretsIn';
import type { Rule } from '../../rule';

export const secretCommitted = {
  id: 'secret-committed',
  category: 'credentials',
  severity: 'error',
  *check({ config, files }) {
    if (files.isCommitted === undefined) {
      return;
    }
    for (const { server, leaf, secrets } of secretsIn(config)) {
      for (const { start, end } of secrets) {
        const range = rangeInString(config.text, leaf, start, end);
        if (files.isCommitted(config.text.slice(range.offset, rangeEnd(range)))) {
          yield {
            range,
            ...(server && { server }),
            path: leaf.path,
            message:
              'This credential is in the history of the repository, where deleting it here leaves it. Replace it at its provider, then move the new one to a variable.',
          };
        }
      }
    }
  },
} satisfies Rule<'secret-committed'>;
