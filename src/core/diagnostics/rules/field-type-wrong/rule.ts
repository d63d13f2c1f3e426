import type { FieldTypeProblem } from '../../../config/entryProblems';
import type { McpConfig } from '../../../config/mcpConfig';
import { rangeEnd } from '../../../base/range';
import { shown } from '../../words';
import type { Fix, Rule } from '../../rule';
import { reportEntryProblems } from '../entryProblemReports';

export const fieldTypeWrong = {
  id: 'field-type-wrong',
  category: 'loading',
  severity: 'error',
  *check({ config }) {
    yield* reportEntryProblems(config, 'field-type', (server, problem) => ({
      range: problem.range,
      path: [...server.path, ...problem.path],
      message: `This server will not load: ${shown(problem.path.join('.'))} must be ${problem.expected}, not ${problem.found}.`,
      fixes: () => quote(config, problem),
    }));
  },
} satisfies Rule<'field-type-wrong'>;

/** A number or a truth value where a string is read: the same characters, in quotes. */
function quote({ text }: McpConfig, { expected, found, range }: FieldTypeProblem): readonly Fix[] {
  if (expected !== 'a string' || (found !== 'number' && found !== 'boolean')) {
    return [];
  }
  const literal = text.slice(range.offset, rangeEnd(range));
  return [
    {
      title: `Write it as "${literal}"`,
      edits: [{ range, newText: `"${literal}"` }],
      isSafe: true,
    },
  ];
}
