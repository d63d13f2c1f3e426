import { isBlankedName } from '../../../config/dialects/blankedNames';
import type { Rule } from '../../rule';
import { carriesNoCredential } from '../emptyCredential';
import { expandedExpressions } from '../expressionReports';

export const variableSetEmpty = {
  id: 'variable-set-empty',
  category: 'variables',
  severity: 'information',
  *check({ config, environment }) {
    for (const placed of expandedExpressions(config, 'reference')) {
      const { server, leaf, expression, range } = placed;
      const { name, defaultValue = '' } = expression;
      const isEmptied = carriesNoCredential(placed);
      if ((defaultValue === '' && !isEmptied) || defaultValue.includes('${')) {
        continue;
      }
      const isSent = leaf.slot.kind === 'url' || leaf.slot.kind === 'header';
      const state = environment.lookup(name);
      if (state.kind !== 'empty' || (isSent && isBlankedName(name))) {
        continue;
      }
      const effect = isEmptied
        ? 'The header carries no credential.'
        : 'Unlike a shell, Claude Code then uses the empty value and not the default.';
      yield {
        range,
        server,
        path: leaf.path,
        variables: [name],
        message: `${name} is set in ${state.source}, but empty. ${effect} Give it a value, or unset it.`,
      };
    }
  },
} satisfies Rule<'variable-set-empty'>;
