import { assertNever } from '../base/assertNever';
import { codeSpan, escapeMarkdown } from '../base/markdown';
import { oneLine } from '../base/text';
import type { ComparedRun, Comparison, ComparisonRun, OverallVerdict } from './compareCredentials';
import { describeOutcome } from './describeOutcome';
import { isFirstStep } from './sentenceParts';

/** The verdict in a sentence or two, for a notification. Names of headers are foreign text. */
export function describeComparison({ overall, headers }: Comparison): string {
  switch (overall.kind) {
    case 'open':
      return `The server answers without a credential as well: initialize and tools/list are open${overall.calls === 'open' ? ', and so are calls of tools.' : '. A call of a tool may still want one.'}`;
    case 'matters':
      return [matters(overall), ...headerSentences(headers)].join(' ');
    case 'refused-anyway':
      return overall.step === undefined
        ? 'The server gives the same kind of answer with and without the credential: it may not read it at all, or not know it.'
        : 'Calls of tools are refused with and without the credential, while initialize and tools/list are open: the server may not know it, or not read it at all.';
    case 'in-the-way':
      return 'The server answers without a credential, and not with this one. Leave the header out, or put a valid credential into it.';
    case 'unclear':
      return 'The comparison did not come to a result. The report says what each run got.';
    default:
      return assertNever(overall);
  }
}

function matters({
  refusedStep,
  isStateless,
}: Extract<OverallVerdict, { kind: 'matters' }>): string {
  if (refusedStep === undefined || isFirstStep(refusedStep)) {
    return 'The credential matters: the server takes it, and answers nothing without it.';
  }
  const opening = isStateless === true ? 'server/discover' : 'initialize';
  return refusedStep === 'tools/call'
    ? `The credential matters: ${opening} and tools/list are open, and tools/call wants it.`
    : `The credential matters: ${opening} is open, and ${refusedStep} wants it.`;
}

/** With one header there is nothing to tell beyond the verdict. */
function headerSentences(headers: Comparison['headers']): readonly string[] {
  if (headers.length < 2) {
    return [];
  }
  const needed = headers.filter(({ verdict }) => verdict === 'needed');
  const idle = headers.filter(({ verdict }) => verdict === 'not needed');
  const names = (some: Comparison['headers'], word = 'and') =>
    some.map(({ header }) => oneLine(header, 60)).join(` ${word} `);
  if (idle.length === headers.length) {
    return idle.length === 2
      ? [`${names(idle, 'or')} alone is enough.`]
      : ['Any single one of its headers can be left out.'];
  }
  return [
    ...(needed.length > 0 ? [`Needed: ${names(needed)}.`] : []),
    ...(idle.length > 0 ? [`Not needed: ${names(idle)}.`] : []),
  ];
}

/** The comparison as a section of a Markdown report. */
export function formatComparison(comparison: Comparison): string {
  const { runs, headers } = comparison;
  const name = oneLine(runs[0]?.result.serverName ?? '', 100);
  return [
    `# With and without the credential: ${escapeMarkdown(name)}`,
    `**${escapeMarkdown(describeComparison(comparison))}**`,
    table(['Sent', 'Outcome', 'Duration'], runs.map(runCells)),
    table(
      ['Header', 'Verdict'],
      headers.map(({ header, verdict }) => [codeSpan(header), verdict]),
    ),
  ].join('\n\n');
}

function runCells({ run, result }: ComparedRun): readonly string[] {
  const duration = result.steps.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return [
    escapeMarkdown(titleOf(run)),
    escapeMarkdown(describeOutcome(result.outcome).headline),
    `${duration} ms`,
  ];
}

/** What one run sent, as the title of its part of the report. */
export function titleOf({ kind, leftOut }: ComparisonRun): string {
  switch (kind) {
    case 'all':
      return 'every header';
    case 'none':
      return 'no credential';
    case 'without-one':
      return `without ${leftOut.map((name) => oneLine(name, 60)).join(', ')}`;
    default:
      return assertNever(kind);
  }
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
