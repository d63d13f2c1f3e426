import { oneLine } from '../base/text';
import type { MessageRecorder } from './messageRecorder';
import type { TokenTestOutcome } from './tokenTestOutcome';
import type { StdioTarget, TargetText } from './tokenTestTarget';

/** What a reader should know besides the outcome. Foreign text in it is one line, and clean. */
export type Remark =
  /** Claude Code hands over the reference as it is written, and so did the test. */
  | { readonly kind: 'unresolved'; readonly where: string; readonly variable: string }
  | {
      readonly kind: 'stray';
      readonly over: 'socket' | 'process';
      readonly count: number;
      readonly sample: string;
    }
  | { readonly kind: 'own-socket' };

/** The references that a local server gets instead of values, in the order of the entry. */
export function findUnresolved({ command, args, env }: StdioTarget): readonly Remark[] {
  const at = (where: string, { unresolved = [] }: TargetText) =>
    unresolved.map((variable): Remark => ({ kind: 'unresolved', where, variable }));
  return [
    ...at('command', command),
    ...args.flatMap((arg, index) => at(`args[${index}]`, arg)),
    ...env.flatMap((entry) => at(`env ${oneLine(entry.name, 60)}`, entry)),
  ];
}

/** Messages that are no JSON; text of the other side, as it came. */
export interface StrayMessages {
  readonly count: number;
  readonly first: string | undefined;
}

export function remarkOnStray(
  { count, first }: StrayMessages,
  over: 'socket' | 'process',
  { text }: MessageRecorder,
): readonly Remark[] {
  return first === undefined
    ? []
    : [{ kind: 'stray', over, count, sample: oneLine(text(first.slice(0, 2000)), 100) }];
}

/** Where there was something to remark on: not where nothing was opened, or somebody stopped it. */
export function withRemarks(
  outcome: TokenTestOutcome,
  remarks: readonly Remark[],
): TokenTestOutcome {
  switch (outcome.kind) {
    case 'accepted':
    case 'rpc-error':
    case 'not-mcp':
    case 'not-started':
    case 'process-ended':
    case 'process-silent':
    case 'process-flooded':
    case 'socket-closed':
    case 'socket-silent':
    case 'socket-flooded':
      return remarks.length === 0 ? outcome : { ...outcome, remarks };
    default:
      return outcome;
  }
}

/** A sentence for each. */
export function describeRemarks(remarks: readonly Remark[]): string {
  return remarks.map(describeRemark).join(' ');
}

function describeRemark(remark: Remark): string {
  switch (remark.kind) {
    case 'unresolved':
      return `${remark.variable} has no value, so ${remark.where} holds the text \${${remark.variable}}, as Claude Code passes it.`;
    case 'stray': {
      const { over, count, sample } = remark;
      const what =
        over === 'process'
          ? `stdout is no JSON-RPC message: "${sample}"`
          : `the socket is no JSON-RPC: "${sample}"`;
      const others =
        count === 1 ? '' : ` ${count} such ${over === 'process' ? 'lines' : 'messages'} came.`;
      const advice = over === 'process' ? '; logs belong on stderr' : '';
      return `${over === 'process' ? 'A line on' : 'A message over'} ${what}.${others} Claude Code passes over them${advice}.`;
    }
    case 'own-socket':
      return 'curl made the upgrade; the messages went over a WebSocket of the editor.';
  }
}
