import { LineMap } from '../../core/base/lineMap';
import { rangeEnd } from '../../core/base/range';
import { oneLine } from '../../core/base/text';
import type { Severity } from '../../core/diagnostics/rule';
import type { CheckedFile } from '../checkedFile';
import type { CheckReport } from '.';
import { relativePath } from './relativePath';

const commands: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

/**
 * Workflow commands, which GitHub shows beside the lines concerned.
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function formatGithub({ files, problems }: CheckReport): string {
  return [
    ...files.flatMap(toCommands),
    ...problems.map(
      (problem) => `::error title=mcp-auth::${escapeMessage(oneLine(problem, 1000))}`,
    ),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function toCommands({ path, text, findings }: CheckedFile): readonly string[] {
  const map = new LineMap(text);
  return findings.map(({ rule, severity, message, range }) => {
    const start = map.positionAt(range.offset);
    const end = map.positionAt(rangeEnd(range));
    const properties = {
      file: oneLine(relativePath(path) ?? path, 1000),
      line: start.line + 1,
      endLine: end.line + 1,
      // GitHub takes columns only of a range on one line.
      ...(start.line === end.line && { col: start.character + 1, endColumn: end.character + 1 }),
      title: rule,
    };
    const list = Object.entries(properties).map(
      ([key, value]) => `${key}=${escapeProperty(value)}`,
    );
    return `::${commands[severity]} ${list.join(',')}::${escapeMessage(message)}`;
  });
}

function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(value: string | number): string {
  return escapeMessage(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
