import type { FieldTypeProblem } from '../../../config/entryProblems';
import type { McpConfig } from '../../../config/mcpConfig';
import { rangeEnd } from '../../../base/range';
import { maskSecrets } from '../../../secrets/maskSecrets';
import { shown, typeInWords } from '../../words';
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
      const { range, path } = problem;
      if (isMisread(config, problem)) {
        return undefined;
      }
      return {
        range,
        path: [...server.path, ...path],
        message: `This server will not load: ${shown(path.join('.'))} ${describe(config, problem)}`,
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

/** What is expected and what is there: the value itself where only its type is right. */
function describe({ text }: McpConfig, { expected, found, range }: FieldTypeProblem): string {
  if (found === 'nothing') {
    return `is missing. It must be ${expected}.`;
  }
  const literal = text.slice(range.offset, rangeEnd(range));
  const isNumber = found === 'number' && expected.includes('number');
  const isText = found === 'string' && ofStrings.test(expected);
  const other = isNumber
    ? literal
    : isText
      ? literal === '""'
        ? 'empty'
        : shown(maskSecrets(beforeCredential(literal), slot))
      : typeInWords(found);
  return `must be ${expected}, not ${other}.`;
}

const ofStrings = /^(?:"|a URL|one string)/;
const slot = { kind: 'other', key: '' } as const;

/** Of an address what stands before user name and parameters. */
function beforeCredential(literal: string): string {
  const value = literal.slice(1, -1);
  const end = value.search(/[?#@]/);
  return end === -1 ? value : `${value.slice(0, value.indexOf('://') + 3)}…`;
}

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
