import { rangeInString } from '../../../config/json';
import type { McpServer } from '../../../config/mcpConfig';
import type { StringLeaf } from '../../../config/stringLeaves';
import { secretsIn } from '../../../secrets/secretsIn';
import type { Rule } from '../../rule';
import { placeName, referInstead } from '../secretReports';

export const secretPlaceholder = {
  id: 'secret-placeholder',
  category: 'credentials',
  severity: 'warning',
  *check({ config }) {
    for (const { server, leaf, placeholders } of secretsIn(config)) {
      if (server === undefined || server.isShadowed || !isRead(server, leaf)) {
        continue;
      }
      for (const placeholder of placeholders) {
        const { start, end, defaultOf } = placeholder;
        const message =
          defaultOf === undefined
            ? `A placeholder stands in ${placeName(leaf, placeholder)}, where a credential belongs: the server gets it as it is and will refuse it. Refer to a variable that holds the credential.`
            : `The default of \${${defaultOf}} is a placeholder: where ${defaultOf} is not set, the server gets it and will refuse it. Remove the default.`;
        yield {
          range: rangeInString(config.text, leaf, start, end),
          server,
          path: leaf.path,
          message,
          fixes: () => referInstead(config, server, leaf, placeholder),
        };
      }
    }
  },
} satisfies Rule<'secret-placeholder'>;

/** Other fields are notes, or mean nothing to Claude Code. */
function isRead({ transport }: McpServer, { expands, slot }: StringLeaf): boolean {
  return expands || (slot.kind === 'headersHelper' && transport !== 'stdio');
}
