import { assertNever } from '../base/assertNever';
import { describeCurlProblem } from './curlVersion';
import { describeNotMcp, describeWrongEndpoint } from './describeEndpoint';
import { describeRefusal } from './refusal';
import { describeRejection } from './describeRejection';
import { describeUnreachable } from './describeUnreachable';
import type { NextAction } from './nextAction';
import { placeOf, quoteReason } from './sentenceParts';
import type { TokenTestOutcome } from './tokenTestOutcome';

/** An outcome in words. Plain text: text of the server in it is not escaped for Markdown. */
export interface OutcomeText {
  /** One sentence for a notification. */
  readonly headline: string;
  /** A few words for the servers view. */
  readonly state: string;
  readonly cause: string;
  readonly next: string;
  /** The next step as a button, where one can take it from here. */
  readonly action?: NextAction | undefined;
}

type Outcome<K extends TokenTestOutcome['kind']> = Extract<TokenTestOutcome, { kind: K }>;

/** Versions of the protocol with which Claude Code keeps a connection. */
const knownVersions = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05', '2024-10-07'];

export function describeOutcome(outcome: TokenTestOutcome): OutcomeText {
  switch (outcome.kind) {
    case 'accepted':
      return describeAccepted(outcome);
    case 'rejected':
      return describeRejection(outcome);
    case 'forbidden':
      return describeForbidden(outcome);
    case 'wrong-endpoint':
      return describeWrongEndpoint(outcome);
    case 'not-mcp':
      return describeNotMcp(outcome);
    case 'redirected':
      return {
        headline: `Redirected (${outcome.status}): the server sends this request elsewhere.`,
        state: `redirected (${outcome.status})`,
        cause:
          outcome.location === undefined
            ? 'The answer does not say where to.'
            : `The answer points to ${outcome.location}. The test did not go there, so that no credential reaches another address.`,
        next: 'If the new address is the MCP endpoint, put it into url. If it is a sign-in page, the credential did not reach the server.',
      };
    case 'rate-limited':
      return {
        headline: 'Rate limited (429): the server takes no more requests for now.',
        state: 'rate limited (429)',
        cause:
          outcome.retryAfter === undefined
            ? 'The server does not say for how long.'
            : `The server says Retry-After: ${outcome.retryAfter}.`,
        next: 'Wait, then test again. The credential was neither accepted nor rejected.',
      };
    case 'server-error':
      return {
        headline: `Server error (${outcome.status}): the server failed on ${outcome.step}.`,
        state: `server error (${outcome.status})`,
        cause: quoteReason(outcome.detail),
        next: "Test again later; if it stays, tell the server's operator. Some servers answer like this to a credential they cannot read.",
      };
    case 'rpc-error':
      return describeRpcError(outcome);
    case 'unreachable':
      return describeUnreachable(outcome);
    case 'too-large':
      return {
        headline: 'Answer too large: the server sent more than 1 MiB.',
        state: 'answer too large',
        cause: `The answer to ${outcome.step} went on beyond the limit and was cut.`,
        next: 'Check that url is an MCP endpoint and not a download or a log stream.',
      };
    case 'refused-to-send': {
      const { cause, next } = describeRefusal(outcome.refusal);
      return { headline: `Not sent: ${lowerFirst(cause)}`, state: 'not sent', cause, next };
    }
    case 'curl-missing':
      return {
        headline: 'Not tested: the test needs curl 7.68 or newer.',
        state: 'not tested: no curl',
        cause: describeCurlProblem(outcome.problem),
        next: 'Install curl, or set mcpAuth.curl.path to one.',
      };
    case 'cancelled':
      return {
        headline: 'Cancelled: the test was stopped.',
        state: 'cancelled',
        cause: 'The test was stopped before the server had answered.',
        next: 'Test again for a result.',
      };
    default:
      return assertNever(outcome);
  }
}

function describeAccepted(outcome: Outcome<'accepted'>): OutcomeText {
  const { serverName, protocolVersion, toolCount, hasMoreTools } = outcome;
  const tools = `${hasMoreTools ? 'at least ' : ''}${toolCount} tool${toolCount === 1 ? '' : 's'}`;
  const who = serverName === undefined ? 'The server' : `The server calls itself "${serverName}",`;
  return {
    headline: `Accepted: the server lists ${tools}.`,
    state: 'accepted',
    cause: `${who} speaks MCP ${protocolVersion} and answered initialize and tools/list.`,
    next: knownVersions.includes(protocolVersion)
      ? 'Nothing to do. A server may still ask for more permissions when a tool is called.'
      : `Claude Code does not know protocol version ${protocolVersion} and would not connect; the server needs to offer ${knownVersions[0]}.`,
  };
}

function describeForbidden(outcome: Outcome<'forbidden'>): OutcomeText {
  const { scopeNeeded, detail, step, credential } = outcome;
  if (scopeNeeded !== undefined) {
    return {
      headline: `Forbidden (403): the token needs scope ${scopeNeeded}.`,
      state: `forbidden (403): needs scope ${scopeNeeded}`,
      cause: `The server knows the token, but its scopes do not cover ${step}.`,
      next: `Get a token with scope ${scopeNeeded}, put it ${placeOf(credential.variables)}, and test again.`,
    };
  }
  return {
    headline: `Forbidden (403): the server does not allow ${step} with this credential.`,
    state: 'forbidden (403)',
    cause: quoteReason(detail),
    next: 'Check what the token may do, whether its organization has approved it, and whether a firewall stands before the server. Claude Code reports this as "Needs authentication", or as a rejected Authorization header.',
  };
}

function describeRpcError({ step, code, message }: Outcome<'rpc-error'>): OutcomeText {
  const isAboutAccess = /auth|token|api.?key|credential|permission|forbidden/i.test(message);
  return {
    headline: `MCP error (${code}): the server answered ${step} with an error.`,
    state: `MCP error (${code})`,
    cause: quoteReason(message),
    next: isAboutAccess
      ? 'The message is about access: check the credential. A server should say this with status 401 or 403; Claude Code shows the message only.'
      : "Look the message up in the server's documentation; the credential itself was not rejected.",
  };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
