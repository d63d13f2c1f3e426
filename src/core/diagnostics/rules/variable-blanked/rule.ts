import { isBlankedLocally, isBlankedName } from '../../../config/dialects/blankedNames';
import { expressionsIn } from '../../../config/expressionsIn';
import { rangeInString } from '../../../config/json';
import type { Rule } from '../../rule';

export const variableBlanked = {
  id: 'variable-blanked',
  category: 'variables',
  severity: 'warning',
  *check({ config, environment }) {
    for (const { server, leaf, expressions } of expressionsIn(config)) {
      if (!leaf.expands) {
        continue;
      }
      const isSent = leaf.slot.kind === 'url' || leaf.slot.kind === 'header';
      for (const expression of expressions) {
        if (expression.kind !== 'reference') {
          continue;
        }
        const { name, start, end } = expression;
        const isBlank = isSent
          ? isBlankedName(name)
          : isBlankedLocally(name) && environment.lookup(name).kind !== 'unset';
        if (!isBlank) {
          continue;
        }
        const own = `MCP_${name}`;
        const nameRange = rangeInString(config.text, leaf, start + 2, start + 2 + name.length);
        yield {
          range: rangeInString(config.text, leaf, start, end),
          server,
          path: leaf.path,
          variables: [name],
          message: isSent
            ? `${name} always reads as empty here: Claude Code keeps it from remote servers, whether it is set or not, and uses no default. Copy the value to a variable of your own, such as ${own}.`
            : `${name} reads as empty here even when it is set: Claude Code keeps it from local servers. Copy the value to a variable of your own, such as ${own}.`,
          fixes: () => [
            {
              title: `Refer to \${${own}}`,
              edits: [{ range: nameRange, newText: own }],
              isSafe: false,
            },
          ],
        };
      }
    }
  },
} satisfies Rule<'variable-blanked'>;
