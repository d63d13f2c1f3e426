import { assertNever } from '../base/assertNever';
import { describeCurlProblem } from './curlVersion';
import { describeLostSession, describeNotMcp, describeWrongEndpoint } from './describeEndpoint';
import { describeForbidden } from './describeForbidden';
import { describeFirewall, describeProxyPage } from './describeIntermediary';
import { describeProcess, setVariable } from './describeProcess';
import { describeRedirect } from './describeRedirect';
import { describeRejection } from './describeRejection';
import { describeSocket } from './describeSocket';
import {
  describeBrokenStream,
  describeOtherTransport,
  describeOtherVersion,
} from './describeTransport';
import { describeUnreachable, trustAdvice } from './describeUnreachable';
import type { NextAction } from './nextAction';
import { describeRefusal } from './refusal';
import { refusalAction } from './refusalAction';
import { describeRemarks } from './remarks';
import { isAboutAccess, quoteReason } from './sentenceParts';
import type { TokenTestOutcome } from './tokenTestOutcome';

/** An outcome in words. Plain text: text of the server in it is not escaped for Markdown. */
export interface OutcomeText {
  /** One sentence for a notification. */
  readonly headline: string;
  /** A few words for the servers view. */
  readonly state: string;
  readonly cause: string;
  readonly next: string;
  /** `next` as a button; undefined where there is nothing to do. */
  readonly action: NextAction | undefined;
}

/** What is told of a finished test. */
export interface OutcomeVerdict extends OutcomeText {
  /** The server took the credential, and nothing is left to do: `next` has no advice then. */
  readonly isAccepted: boolean;
}

type Outcome<K extends TokenTestOutcome['kind']> = Extract<TokenTestOutcome, { kind: K }>;

/** Versions of the protocol with which Claude Code keeps a connection; the first is the one to offer. */
export const knownVersions: readonly string[] = [
  '2025-11-25',
  '2025-06-18',
  '2025-03-26',
  '2024-11-05',
  '2024-10-07',
  '2026-07-28',
];

export function describeOutcome(outcome: TokenTestOutcome): OutcomeVerdict {
  const text = { ...describeKind(outcome), isAccepted: isAccepted(outcome) };
  return 'remarks' in outcome && outcome.remarks !== undefined && outcome.remarks.length > 0
    ? { ...text, cause: `${text.cause} ${describeRemarks(outcome.remarks)}` }
    : text;
}

/** From a server that nobody has verified, an answer proves nothing. */
function isAccepted(outcome: TokenTestOutcome): boolean {
  return (
    outcome.kind === 'accepted' &&
    outcome.isUnverified !== true &&
    knownVersions.includes(outcome.protocolVersion)
  );
}

function describeKind(outcome: TokenTestOutcome): OutcomeText {
  switch (outcome.kind) {
    case 'accepted':
      return describeAccepted(outcome);
    case 'rejected':
      return describeRejection(outcome);
    case 'forbidden':
      return describeForbidden(outcome);
    case 'wrong-endpoint':
      return describeWrongEndpoint(outcome);
    case 'session-lost':
      return describeLostSession(outcome);
    case 'not-mcp':
      return describeNotMcp(outcome);
    case 'redirected':
      return describeRedirect(outcome);
    case 'proxy-page':
      return describeProxyPage(outcome);
    case 'firewall':
      return describeFirewall(outcome);
    case 'rate-limited':
      return {
        headline: 'Rate limited (429): the server takes no more requests for now.',
        state: 'rate limited (429)',
        cause:
          outcome.retryAfter === undefined
            ? 'The server does not say for how long.'
            : `The server says Retry-After: ${outcome.retryAfter}.`,
        next: 'Wait, then test again. The credential was neither accepted nor rejected.',
        action: { kind: 'test-again' },
      };
    case 'server-error':
      return {
        headline: `Server error (${outcome.status}): the server failed on ${outcome.step}.`,
        state: `server error (${outcome.status})`,
        cause: quoteReason(outcome.detail),
        next: "Test again later; if it stays, tell the server's operator. Some servers answer like this to a credential they cannot read.",
        action: { kind: 'test-again' },
      };
    case 'rpc-error':
      return describeRpcError(outcome);
    case 'unreachable':
      return describeUnreachable(outcome);
    case 'too-large':
      return describeTooLarge(outcome);
    case 'other-transport':
      return describeOtherTransport(outcome);
    case 'other-version':
      return describeOtherVersion(outcome);
    case 'broken-stream':
      return describeBrokenStream(outcome);
    case 'refused-to-send': {
      const { cause, next } = describeRefusal(outcome.refusal);
      const action = refusalAction(outcome.refusal);
      return { headline: `Not sent: ${lowerFirst(cause)}`, state: 'not sent', cause, next, action };
    }
    case 'curl-missing':
      return {
        headline: 'Not tested: the test needs curl 7.68 or newer.',
        state: 'not tested: no curl',
        cause: describeCurlProblem(outcome.problem),
        next: 'Install curl, or set mcpAuth.curl.path to one.',
        action: { kind: 'open-setting', setting: 'mcpAuth.curl.path' },
      };
    case 'cancelled':
      return {
        headline: 'Cancelled: the test was stopped.',
        state: 'cancelled',
        cause: 'The test was stopped before the server had answered.',
        next: 'Test again for a result.',
        action: { kind: 'test-again' },
      };
    case 'not-started':
    case 'process-ended':
    case 'process-silent':
    case 'process-flooded':
      return describeProcess(outcome);
    case 'no-upgrade':
    case 'no-subprotocol':
    case 'upgraded-behind-proxy':
    case 'socket-not-opened':
    case 'socket-closed':
    case 'socket-silent':
    case 'socket-flooded':
      return describeSocket(outcome);
    default:
      return assertNever(outcome);
  }
}

function describeAccepted(outcome: Outcome<'accepted'>): OutcomeText {
  const { protocolVersion, isUnverified } = outcome;
  const tools = describeTools(outcome);
  const cause = describeAnswered(outcome);
  if (isUnverified === true) {
    return {
      headline: `Accepted, by a server whose certificate was not verified: it lists ${tools}.`,
      state: 'accepted, not verified',
      cause: `${cause} Who answered is not known, and the credential went there.`,
      next: trustAdvice,
      action: { kind: 'test-again' },
    };
  }
  if (!knownVersions.includes(protocolVersion)) {
    return {
      headline: `Accepted, in a version that Claude Code does not know: the server lists ${tools}.`,
      state: 'accepted, unknown version',
      cause,
      next: `Claude Code does not know protocol version ${protocolVersion} and would not connect; the server needs to offer ${knownVersions[0]}.`,
      action: undefined,
    };
  }
  return {
    headline: `Accepted: the server lists ${tools}.`,
    state: 'accepted',
    cause,
    next: 'Nothing to do. A server may still ask for more permissions when a tool is called.',
    action: undefined,
  };
}

function describeTools({ toolCount, hasMoreTools }: Outcome<'accepted'>): string {
  return `${hasMoreTools ? 'at least ' : ''}${toolCount} tool${toolCount === 1 ? '' : 's'}`;
}

/** A stateless server has no `initialize`; Claude Code begins with `server/discover` itself. */
function describeAnswered(outcome: Outcome<'accepted'>): string {
  const { serverName, protocolVersion, isStateless } = outcome;
  const who = serverName === undefined ? 'The server' : `The server calls itself "${serverName}",`;
  const opening = isStateless ? 'server/discover' : 'initialize';
  return `${who} speaks MCP ${protocolVersion} and answered ${opening} and tools/list.${describeToolCall(outcome)}`;
}

function describeToolCall({ toolCall }: Outcome<'accepted'>): string {
  switch (toolCall?.kind) {
    case undefined:
      return '';
    case 'open':
      return ' It looked up a tool that does not exist, so tools/call is open as well.';
    case 'protected':
      return ` It refused tools/call${toolCall.status === undefined ? '' : ` (${toolCall.status})`}.`;
    case 'unclear':
      return ' Whether tools/call is open could not be told.';
    default:
      return assertNever(toolCall);
  }
}

function describeTooLarge({ step, part }: Outcome<'too-large'>): OutcomeText {
  const isHead = part === 'head';
  return {
    headline: isHead
      ? 'Answer too large: its headers are too long or too many.'
      : 'Answer too large: the server sent more than 1 MiB.',
    state: 'answer too large',
    cause: `The answer to ${step} went on beyond the limit and was cut.`,
    next: isHead
      ? "Check the host of url, and tell the server's operator: headers have a few hundred bytes."
      : 'Check that url is an MCP endpoint and not a download or a log stream.',
    action: { kind: 'open-entry', field: 'url' },
  };
}

function describeRpcError(outcome: Outcome<'rpc-error'>): OutcomeText {
  const { step, code, message, over } = outcome;
  return {
    headline: `MCP error (${code}): the server answered ${step} with an error.`,
    state: `MCP error (${code})`,
    cause: quoteReason(message),
    next: isAboutAccess(message)
      ? over !== undefined
        ? `The message is about access: check the credential in ${over === 'process' ? 'env and args' : 'headers'}.`
        : 'The message is about access: check the credential. A server should say this with status 401 or 403; Claude Code shows the message only.'
      : "Look the message up in the server's documentation; the credential itself was not rejected.",
    action: actionOnRpcError(outcome),
  };
}

const openEnv: NextAction = { kind: 'open-entry', field: 'env' };

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function actionOnRpcError({ message, over, remarks }: Outcome<'rpc-error'>): NextAction {
  if (over === 'process') {
    return setVariable(remarks) ?? openEnv;
  }
  return isAboutAccess(message) ? { kind: 'open-entry', field: 'headers' } : { kind: 'test-again' };
}
