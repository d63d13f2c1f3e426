import { strictJsonEdits } from '../../../config/syntaxProblem';
import type { Fix, Rule } from '../../rule';

export const jsonInvalid = {
  id: 'json-invalid',
  category: 'loading',
  severity: 'error',
  *check({ config }) {
    const { fileProblem, text } = config;
    if (fileProblem?.kind !== 'syntax') {
      return;
    }
    yield {
      range: fileProblem.range,
      message: `No server in this file will load, because it is not strict JSON: ${fileProblem.reason}.`,
      fixes: () => makeStrict(text),
    };
  },
} satisfies Rule<'json-invalid'>;

function makeStrict(text: string): readonly Fix[] {
  const edits = strictJsonEdits(text);
  if (edits === undefined) {
    return [];
  }
  // A comment is somebody's note: it goes only when that is asked for.
  const isSafe = edits.every(
    ({ range: { offset, length } }) => length === 1 && text[offset] === ',',
  );
  const title = isSafe ? 'Remove trailing commas' : 'Remove comments and trailing commas';
  return [{ title, edits, isSafe }];
}
