import { assertNever } from '../base/assertNever';
import { escapeMarkdown } from '../base/markdown';
import { oneLine } from '../base/text';
import { plural } from '../tree/nodeText';

/** What became of one server when all were tested. */
export interface SummaryRow {
  readonly server: string;
  /** Relative to the workspace. */
  readonly file: string;
  readonly result: SummaryResult;
}

export type SummaryResult =
  | {
      readonly kind: 'tested';
      readonly isAccepted: boolean;
      readonly headline: string;
      readonly next: string;
      readonly durationMs: number;
    }
  /** In words, as they follow "not tested: ". */
  | { readonly kind: 'not-tested'; readonly reason: string };

/**
 * All servers at one look, as a Markdown document; with their files where there are several. Text of
 * servers and files is escaped.
 */
export function formatTestSummary(rows: readonly SummaryRow[]): string {
  const hasFiles = new Set(rows.map(({ file }) => file)).size > 1;
  return [
    '# Test of all servers',
    `**${countResults(rows)}**`,
    [
      `| Server |${hasFiles ? ' File |' : ''} Outcome | Next step | Duration |`,
      `| --- |${hasFiles ? ' --- |' : ''} --- | --- | ---: |`,
      ...rows.map((row) => renderRow(row, hasFiles)),
    ].join('\n'),
  ]
    .join('\n\n')
    .concat('\n');
}

function countResults(rows: readonly SummaryRow[]): string {
  const tested = rows.flatMap(({ result }) => (result.kind === 'tested' ? [result] : []));
  const accepted = tested.filter(({ isAccepted }) => isAccepted).length;
  const left = rows.length - tested.length;
  const more = left === 0 ? '' : ` ${plural(left, 'server')} not tested.`;
  return `${accepted} of ${plural(tested.length, 'server')} accepted.${more}`;
}

function renderRow({ server, file, result }: SummaryRow, hasFiles: boolean): string {
  const name = server === '' ? '(no name)' : oneLine(server, 100);
  const cells = [name, ...(hasFiles ? [file] : []), ...resultCells(result)];
  return `| ${cells.map(escapeMarkdown).join(' | ')} |`;
}

function resultCells(result: SummaryResult): readonly string[] {
  switch (result.kind) {
    case 'tested':
      return [
        result.headline,
        result.isAccepted ? '' : result.next,
        `${(result.durationMs / 1000).toFixed(1)} s`,
      ];
    case 'not-tested':
      return [`Not tested: ${result.reason}.`, '', ''];
    default:
      return assertNever(result);
  }
}
