import { rangeInString } from '../../../config/json';
import { secretsIn } from '../../../secrets/secretsIn';
import type { Rule } from '../../rule';
import { credentialName, moveToVariable, placeName } from '../secretReports';

export const secretLiteral = {
  id: 'secret-literal',
  category: 'credentials',
  severity: 'error',
  *check({ config }) {
    for (const { server, leaf, secrets } of secretsIn(config)) {
      // A credential in a default is `secret-default`.
      for (const match of secrets.filter(({ defaultOf }) => defaultOf === undefined)) {
        const what = `Literal ${credentialName(match)} in ${placeName(leaf, match)}`;
        const advice = leaf.expands
          ? 'Move it to a variable.'
          : 'Claude Code expands no variable here, so the value has to move elsewhere.';
        yield {
          range: rangeInString(config.text, leaf, match.start, match.end),
          server,
          path: leaf.path,
          message: `${what}: everyone with access to this file can use it. ${advice}`,
          fixes: () => moveToVariable(config, server, leaf, match),
        };
      }
    }
  },
} satisfies Rule<'secret-literal'>;
