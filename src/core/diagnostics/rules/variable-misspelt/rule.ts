import { rangeInString } from '../../../config/json';
import type { Rule } from '../../rule';
import { whatHappens } from '../expressionReports';
import { meantName } from '../meantNames';
import { unsetReferences } from '../unsetReferences';

export const variableMisspelt = {
  id: 'variable-misspelt',
  category: 'variables',
  severity: 'warning',
  *check({ config, environment }) {
    for (const { server, leaf, expression, range } of unsetReferences(config, environment)) {
      const { name, defaultValue, start } = expression;
      const meant = meantName(config, environment, name);
      if (meant === undefined) {
        continue;
      }
      const nameRange = rangeInString(config.text, leaf, start + 2, start + 2 + name.length);
      const effect =
        defaultValue === undefined
          ? `so Claude Code does not expand \${${name}} and ${whatHappens(leaf)}`
          : 'so its default is used';
      yield {
        range,
        server,
        path: leaf.path,
        variables: [name],
        ...(defaultValue !== undefined && { severity: 'information' }),
        message: `${name} is not set where Claude Code would look, ${effect}. ${meant} is a known name: it may be the one that was meant.`,
        fixes: () => [
          {
            title: `Refer to \${${meant}}`,
            edits: [{ range: nameRange, newText: meant }],
            isSafe: false,
          },
        ],
      };
    }
  },
} satisfies Rule<'variable-misspelt'>;
