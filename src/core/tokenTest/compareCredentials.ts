import { assertNever } from '../base/assertNever';
import { credentialHeaders, credentialValues } from './credentials';
import type { TokenTestResult } from './runTokenTest';
import type { StepName, TokenTestOutcome, ToolCallProbe } from './tokenTestOutcome';
import type { RemoteTarget } from './tokenTestTarget';

/** One of the runs that together show which header matters. */
export interface ComparisonRun {
  readonly kind: 'all' | 'none' | 'without-one';
  /** The names of the headers that are left out. */
  readonly leftOut: readonly string[];
  readonly target: RemoteTarget;
}

export interface ComparedRun {
  readonly run: ComparisonRun;
  readonly result: TokenTestResult;
}

export interface HeaderVerdict {
  readonly header: string;
  readonly verdict: 'needed' | 'not needed' | 'unclear';
}

/** What the runs say together. */
export type OverallVerdict =
  /** Accepted with the credential and refused without it. */
  | {
      readonly kind: 'matters';
      readonly refusedStep: StepName | undefined;
      /** What is open before that is `server/discover` and not `initialize`. */
      readonly isStateless?: true;
    }
  /** Accepted either way; `calls` where a call of a tool was tried without the credential. */
  | { readonly kind: 'open'; readonly calls: ToolCallProbe['kind'] | undefined }
  /** Refused either way, by the same kind of answer; `step` where what came before it is open. */
  | { readonly kind: 'refused-anyway'; readonly step?: 'tools/call' }
  /** Refused with the credential and accepted without it. */
  | { readonly kind: 'in-the-way' }
  | { readonly kind: 'unclear' };

export interface Comparison {
  readonly runs: readonly ComparedRun[];
  readonly headers: readonly HeaderVerdict[];
  readonly overall: OverallVerdict;
}

/**
 * With everything, without any credential and, where there are several, without each of them. Empty
 * where no header carries a credential: then there is nothing to compare.
 */
export function planComparison(target: RemoteTarget): readonly ComparisonRun[] {
  const names = credentialNames(target);
  if (names.length === 0) {
    return [];
  }
  return [
    { kind: 'all', leftOut: [], target },
    { kind: 'none', leftOut: names, target: withoutHeaders(target, names) },
    ...(names.length < 2 ? [] : names).map((name): ComparisonRun => ({
      kind: 'without-one',
      leftOut: [name],
      target: withoutHeaders(target, [name]),
    })),
  ];
}

/** Names that differ in case only are one header. */
function credentialNames(target: RemoteTarget): readonly string[] {
  const names = credentialHeaders(target).map(({ name }): [string, string] => [
    name.toLowerCase(),
    name,
  ]);
  return [...new Map(names).values()];
}

function withoutHeaders(target: RemoteTarget, names: readonly string[]): RemoteTarget {
  const left = new Set(names.map((name) => name.toLowerCase()));
  return {
    ...target,
    headers: target.headers.filter(({ name }) => !left.has(name.toLowerCase())),
    // A server may repeat what an earlier run sent.
    otherValues: credentialValues(target),
  };
}

/** What an outcome says of access. */
type Access = 'open' | 'refused' | 'other-answer' | 'unclear';

function accessOf(outcome: TokenTestOutcome): Access {
  switch (outcome.kind) {
    case 'accepted':
      return outcome.toolCall?.kind === 'protected' ? 'refused' : 'open';
    case 'rejected':
    case 'forbidden':
      return 'refused';
    // Some servers hide behind these from whom they do not know.
    case 'wrong-endpoint':
    case 'not-mcp':
    case 'redirected':
    case 'rpc-error':
    case 'other-transport':
    case 'other-version':
    case 'broken-stream':
    case 'no-upgrade':
      return 'other-answer';
    // The credential is looked at when the WebSocket is opened.
    case 'no-subprotocol':
    case 'upgraded-behind-proxy':
      return 'open';
    case 'session-lost':
    case 'rate-limited':
    case 'server-error':
    case 'unreachable':
    case 'too-large':
    case 'refused-to-send':
    case 'curl-missing':
    case 'cancelled':
    case 'proxy-page':
    case 'firewall':
    case 'not-started':
    case 'process-ended':
    case 'process-silent':
    case 'process-flooded':
    case 'socket-not-opened':
    case 'socket-closed':
    case 'socket-silent':
    case 'socket-flooded':
      return 'unclear';
    default:
      return assertNever(outcome);
  }
}

/** Whether further runs would tell nothing more. */
export function endsComparison({ outcome }: TokenTestResult): boolean {
  return accessOf(outcome) === 'unclear';
}

/** Reads the runs that were made, which may be fewer than were planned. */
export function judgeComparison(runs: readonly ComparedRun[]): Comparison {
  const find = (kind: ComparisonRun['kind']) => runs.find(({ run }) => run.kind === kind);
  const all = find('all');
  const none = find('none');
  const names = none?.run.leftOut ?? [];
  return {
    runs,
    headers: names.map((header): HeaderVerdict => {
      const without =
        names.length === 1
          ? none
          : runs.find(({ run }) => run.kind === 'without-one' && run.leftOut[0] === header);
      return { header, verdict: verdictOf(all?.result.outcome, without?.result.outcome) };
    }),
    overall: judgeOverall(all?.result.outcome, none?.result.outcome),
  };
}

function verdictOf(
  all: TokenTestOutcome | undefined,
  without: TokenTestOutcome | undefined,
): HeaderVerdict['verdict'] {
  if (all === undefined || without === undefined) {
    return 'unclear';
  }
  if (isFurther(all, without)) {
    return 'needed';
  }
  const isOpen = accessOf(all) === 'open' && accessOf(without) === 'open';
  return isOpen && !hasUnclearCall(without) ? 'not needed' : 'unclear';
}

/** Whether the server let a run with the credential come further than one without. */
function isFurther(all: TokenTestOutcome | undefined, without: TokenTestOutcome): boolean {
  const access = accessOf(without);
  const isRefused = access === 'refused' || access === 'other-answer';
  return (
    all !== undefined &&
    isRefused &&
    (accessOf(all) === 'open' || (all.kind === 'accepted' && without.kind !== 'accepted'))
  );
}

function hasUnclearCall(outcome: TokenTestOutcome): boolean {
  return outcome.kind === 'accepted' && outcome.toolCall?.kind === 'unclear';
}

function isStateless(outcome: TokenTestOutcome): boolean {
  return outcome.kind === 'accepted'
    ? outcome.isStateless === true
    : 'passed' in outcome && outcome.passed?.includes('server/discover') === true;
}

function judgeOverall(
  all: TokenTestOutcome | undefined,
  none: TokenTestOutcome | undefined,
): OverallVerdict {
  const withIt = all === undefined ? 'unclear' : accessOf(all);
  const without = none === undefined ? 'unclear' : accessOf(none);
  if (withIt === 'unclear' || without === 'unclear' || none === undefined) {
    return { kind: 'unclear' };
  }
  if (without === 'open') {
    const calls = none.kind === 'accepted' ? none.toolCall?.kind : undefined;
    return withIt === 'open' ? { kind: 'open', calls } : { kind: 'in-the-way' };
  }
  if (isFurther(all, none)) {
    const step = none.kind === 'accepted' ? 'tools/call' : 'step' in none ? none.step : undefined;
    return { kind: 'matters', refusedStep: step, ...(isStateless(none) && { isStateless: true }) };
  }
  if (all?.kind !== none.kind) {
    return { kind: 'unclear' };
  }
  return { kind: 'refused-anyway', ...(none.kind === 'accepted' && { step: 'tools/call' }) };
}
