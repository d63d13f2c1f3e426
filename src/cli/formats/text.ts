import { LineMap } from '../../core/base/lineMap';
import { oneLine } from '../../core/base/text';
import type { Finding, Severity } from '../../core/diagnostics/rule';
import type { CheckedFile } from '../checkedFile';
import { codeFrame } from '../codeFrame';
import { count } from '../count';
import { severities } from '../severities';
import type { Style, Terminal } from '../terminal';
import type { CheckReport } from '.';

const styles: Readonly<Record<Severity, Style>> = {
  error: 'red',
  warning: 'yellow',
  information: 'blue',
  hint: 'gray',
};

/** For a person: each file with its findings, the lines concerned, and a summary. */
export function formatText({ files, problems }: CheckReport, terminal: Terminal): string {
  const blocks = files
    .filter(({ findings }) => findings.length > 0)
    .map((file) => `${formatFile(file, terminal)}\n`);
  // A problem is told beside the report: it need not say again that there was nothing to check.
  const isTold = files.length === 0 && problems.length > 0;
  return isTold ? '' : `${blocks.join('')}${summarize(files, terminal)}\n`;
}

function formatFile(
  { path, text, findings, credentials }: CheckedFile,
  terminal: Terminal,
): string {
  const map = new LineMap(text);
  const positions = findings.map(({ range }) => map.positionAt(range.offset));
  const gutter = Math.max(...positions.map(({ line }) => String(line + 1).length)) + 2;
  const lines = findings.flatMap((finding, index) => {
    const { line, character } = positions[index] ?? { line: 0, character: 0 };
    const { source, marks } = codeFrame(
      text,
      finding.range,
      credentials,
      terminal.width - gutter - 3,
    );
    const bar = terminal.style('gray', '│');
    const number = terminal.style('gray', String(line + 1).padStart(gutter));
    return [
      headline(finding, `${line + 1}:${character + 1}`, terminal),
      ...(source.trim() === ''
        ? []
        : [
            `${number} ${bar} ${source}`,
            `${' '.repeat(gutter)} ${bar} ${terminal.style(styles[finding.severity], marks)}`,
          ]),
    ];
  });
  return [terminal.style('underline', oneLine(path, 1000)), ...lines, ''].join('\n');
}

function headline(
  { severity, message, rule }: Finding,
  position: string,
  { style }: Terminal,
): string {
  return `  ${position}  ${style(styles[severity], severity)}  ${oneLine(message, 2000)}  ${style('gray', rule)}`;
}

function summarize(files: readonly CheckedFile[], { style }: Terminal): string {
  const findings = files.flatMap((file) => file.findings);
  if (files.length === 0) {
    return 'No configuration file was found.';
  }
  if (findings.length === 0) {
    return `No problems in ${count(files.length, 'file')}.`;
  }
  const parts = severities.flatMap((severity) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number === 0 ? [] : [style(styles[severity], count(number, severity))];
  });
  // A script is only looked at.
  const fixable = files
    .filter(({ place }) => place !== 'helper')
    .flatMap((file) =>
      file.findings.filter(({ fixes }) => fixes?.().some(({ isSafe }) => isSafe)),
    ).length;
  const repair = fixable === 0 ? '' : ` "mcp-auth fix" repairs ${fixable}.`;
  return `${count(findings.length, 'problem')} in ${count(files.length, 'file')}: ${parts.join(', ')}.${repair}`;
}
