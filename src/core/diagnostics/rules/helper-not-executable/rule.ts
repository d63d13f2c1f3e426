import { reportHelperFiles } from '../helperFileReports';
import { shown } from '../../words';
import type { Rule } from '../../rule';

export const helperNotExecutable = {
  id: 'helper-not-executable',
  category: 'helper',
  severity: 'warning',
  *check(context) {
    yield* reportHelperFiles(context, ({ path, isProgram }, fact) =>
      isProgram && fact?.kind === 'file' && fact.isExecutable === false
        ? `${shown(path)} may not be executed. Claude Code says nothing and connects without the headers it should give. Run chmod +x on it, or put its interpreter in front.`
        : undefined,
    );
  },
} satisfies Rule<'helper-not-executable'>;
