import { rangeInString } from '../../../config/json';
import { secretsIn } from '../../../secrets/secretsIn';
import type { Rule } from '../../rule';
import { credentialName, moveToVariable } from '../secretReports';

export const secretDefault = {
  id: 'secret-default',
  category: 'credentials',
  severity: 'error',
  *check({ config }) {
    for (const found of secretsIn(config)) {
      const { server, leaf, secrets } = found;
      for (const match of secrets) {
        if (match.defaultOf === undefined) {
          continue;
        }
        yield {
          range: rangeInString(config.text, leaf, match.start, match.end),
          ...(server && { server }),
          path: leaf.path,
          variables: [match.defaultOf],
          message: `Literal ${credentialName(match)} as the default of \${${match.defaultOf}}: it stands in the file like any other text, and everyone with access to the file can use it. Move it to the variable and remove the default.`,
          fixes: () => moveToVariable(config, found, match),
        };
      }
    }
  },
} satisfies Rule<'secret-default'>;
