import type { FieldTypeProblem } from '../../../config/entryProblems';
import type { McpConfig } from '../../../config/mcpConfig';
import { rangeEnd } from '../../../base/range';
import { shown } from '../../words';
import type { Fix, Rule } from '../../rule';
import { reportEntryProblems } from '../entryProblemReports';
import { addressKey, makeRemote } from '../makeRemote';
import { findProperty } from '../../../config/json';

export const fieldTypeWrong = {
  id: 'field-type-wrong',
  category: 'loading',
  severity: 'error',
  *check({ config }) {
    yield* reportEntryProblems(config, 'field-type', (server, problem) => {
      const { range, path, expected, found } = problem;
      if (isMisread(config, problem)) {
        return undefined;
      }
      // A string or number that will not do differs in what it says, not in its type.
      const isOfType = found === 'string' || (found === 'number' && expected.includes(found));
      const not = isOfType ? '' : `, not ${found}`;
      return {
        range,
        path: [...server.path, ...path],
        message: `This server will not load: ${shown(path.join('.'))} must be ${expected}${not}.`,
        fixes: () => {
          const address = path[0] === 'type' ? addressKey(server) : undefined;
          const isProgram = findProperty(server.node, 'command') !== undefined;
          return address && !isProgram
            ? makeRemote(config.text, server, address)
            : quote(config, problem);
        },
      };
    });
  },
} satisfies Rule<'field-type-wrong'>;

/** What stands there is no JSON, such as `NaN` or `01`: the rule about that says it. */
function isMisread({ text, fileProblem }: McpConfig, { found, range }: FieldTypeProblem): boolean {
  const next = text.charAt(rangeEnd(range));
  return fileProblem?.kind === 'syntax' && (found === 'nothing' || /[\w.+'"-]/.test(next));
}

/** A number or a truth value where a string is read: the same characters, in quotes. */
function quote(
  { text }: McpConfig,
  { path, expected, found, range }: FieldTypeProblem,
): readonly Fix[] {
  // A number in quotes is no address.
  if (path[0] === 'url' || expected !== 'a string' || (found !== 'number' && found !== 'boolean')) {
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
