import { reportHelperFiles } from '../helperFileReports';
import { shown } from '../../words';
import type { Rule } from '../../rule';

export const helperMissing = {
  id: 'helper-missing',
  category: 'helper',
  severity: 'warning',
  *check(context) {
    yield* reportHelperFiles(context, ({ path }, fact) =>
      fact?.kind === 'missing'
        ? `There is no file ${shown(path)}. Claude Code says nothing and connects without the headers it should give. Create it, or correct the path.`
        : undefined,
    );
  },
} satisfies Rule<'helper-missing'>;
