import { rangeInString } from '../../../config/json';
import type { McpConfig } from '../../../config/mcpConfig';
import { secretsIn, type SecretString } from '../../../secrets/secretsIn';
import type { Rule } from '../../rule';
import { credentialName, moveToVariable, placeName } from '../secretReports';

export const secretLiteral = {
  id: 'secret-literal',
  category: 'credentials',
  severity: 'error',
  *check({ config }) {
    for (const found of secretsIn(config)) {
      const { server, leaf, secrets } = found;
      // A credential in a default is `secret-default`.
      for (const match of secrets.filter(({ defaultOf }) => defaultOf === undefined)) {
        const what = `Literal ${credentialName(match)} in ${placeName(leaf, match)}`;
        yield {
          range: rangeInString(config.text, leaf, match.start, match.end),
          ...(server && { server }),
          path: leaf.path,
          message: `${what}: everyone with access to this file can use it. ${adviceFor(config, found)}`,
          fixes: () => moveToVariable(config, found, match),
        };
      }
    }
  },
} satisfies Rule<'secret-literal'>;

function adviceFor({ place }: McpConfig, { server, leaf }: SecretString): string {
  if (leaf.expands) {
    return 'Move it to a variable.';
  }
  if (server !== undefined) {
    return 'Claude Code expands no variable here, so the value has to move elsewhere.';
  }
  // In the manifest of a plugin other parts are read as well, by rules of their own.
  return place.serversOptional
    ? 'Remove it from the file.'
    : 'Claude Code makes no use of this part of the file. Remove the value.';
}
