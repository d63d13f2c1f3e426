import { assertNever } from '../base/assertNever';
import { failure, one, timedOut, toolsFailed, type ClaudeCodeReport } from './claudeCodeTexts';
import type { ProcessOutcome } from './processOutcome';
import type { StreamFlaw, TokenTestOutcome } from './tokenTestOutcome';

/** The texts for what befell a local server. */
export function reportProcess(outcome: ProcessOutcome): readonly ClaudeCodeReport[] {
  switch (outcome.kind) {
    case 'not-started':
      return reportNotStarted(outcome);
    case 'process-ended':
      return outcome.step === 'tools/list'
        ? toolsFailed('Connection closed')
        : failure('CONNECTION_CLOSED: Connection closed');
    case 'process-silent':
      return outcome.step === 'tools/list' ? toolsFailed('Request timed out') : timedOut;
    case 'process-flooded':
      return [];
    default:
      return assertNever(outcome);
  }
}

function reportNotStarted({
  problem,
}: Extract<ProcessOutcome, { kind: 'not-started' }>): readonly ClaudeCodeReport[] {
  switch (problem) {
    case 'command-not-found':
    case 'command-holds-arguments':
      return failure('ENOENT: Executable not found in $PATH: "…"');
    case 'not-executable':
      return failure("EACCES: permission denied, posix_spawn '…'");
    case 'folder-missing':
    case 'other':
      return [];
    default:
      return assertNever(problem);
  }
}

/** The texts for an event stream that did not bring what it is for. */
export function reportStream(flaw: StreamFlaw): readonly ClaudeCodeReport[] {
  switch (flaw.kind) {
    case 'no-endpoint':
      return flaw.isClosed ? failure('SSE error: undefined') : timedOut;
    case 'endpoint-elsewhere':
      return failure('Endpoint origin does not match connection origin: …');
    case 'no-answer':
      return flaw.isClosed ? [] : timedOut;
    case 'endpoint-unreadable':
      return [];
    default:
      return assertNever(flaw);
  }
}

/** The texts for a server of type `ws`, which never becomes "Needs authentication". */
export function reportOverWebSocket(outcome: TokenTestOutcome): readonly ClaudeCodeReport[] {
  switch (outcome.kind) {
    case 'accepted':
      return one('✔ Connected');
    case 'rejected':
    case 'forbidden':
    case 'wrong-endpoint':
    case 'redirected':
    case 'server-error':
    case 'rate-limited':
    case 'no-upgrade':
      return failure(
        `WebSocket connection to 'ws://…' failed: Expected 101 status code: ${outcome.status}`,
      );
    case 'no-subprotocol':
      return failure(
        `WebSocket connection to 'ws://…' failed: ${outcome.agreed === undefined ? 'Missing' : 'Mismatch'} client protocol`,
      );
    case 'socket-closed':
      return outcome.step === 'tools/list'
        ? toolsFailed('Connection closed')
        : failure('CONNECTION_CLOSED: Connection closed');
    case 'socket-silent':
      return outcome.step === 'tools/list' ? toolsFailed('Request timed out') : timedOut;
    default:
      return [];
  }
}
