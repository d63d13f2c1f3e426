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
      fixes: () => removeComments(text),
    };
  },
} satisfies Rule<'json-invalid'>;

function removeComments(text: string): readonly Fix[] {
  const edits = strictJsonEdits(text);
  return edits ? [{ title: 'Remove comments and trailing commas', edits, isSafe: true }] : [];
}
