import { assertNever } from '../base/assertNever';
import { reportOverWebSocket, reportProcess, reportStream } from './claudeCodeChannels';
import { failed, one, timedOut, toolsFailed, type ClaudeCodeReport } from './claudeCodeTexts';
import { knownVersions } from './describeOutcome';
import type { Refusal } from './refusal';
import type { TokenTestOutcome } from './tokenTestOutcome';
import type { TokenTestTarget } from './tokenTestTarget';
import type { UnreachableCause } from './unreachable';

type Outcome<K extends TokenTestOutcome['kind']> = Extract<TokenTestOutcome, { kind: K }>;

const needsAuthentication = '! Needs authentication';

/**
 * The texts of Claude Code 2.1.329 for the same answer of a server, as experiments with it have
 * shown; none where none was made. Parts that depend on the server stand as `…`.
 */
export function claudeCodeReport(
  outcome: TokenTestOutcome,
  transport: TokenTestTarget['transport'] = 'http',
): readonly ClaudeCodeReport[] {
  if (transport === 'ws') {
    return reportOverWebSocket(outcome);
  }
  switch (outcome.kind) {
    case 'accepted':
      return one(
        knownVersions.includes(outcome.protocolVersion)
          ? '✔ Connected'
          : `${failed}Server's protocol version is not supported: ${outcome.protocolVersion}`,
      );
    case 'rejected':
      return reportRejection(outcome, transport);
    case 'forbidden':
      return reportForbidden(outcome);
    case 'wrong-endpoint':
      return reportStatus(outcome.step, outcome.status, transport);
    case 'session-lost':
      return outcome.step === 'tools/list' ? toolsFailed('…') : [];
    case 'server-error':
    case 'proxy-page':
    case 'firewall':
    case 'rate-limited':
      return reportStatus(outcome.step, outcome.status, transport);
    case 'not-mcp':
      return reportNotMcp(outcome);
    case 'rpc-error':
      return outcome.step === 'tools/list'
        ? toolsFailed(outcome.message)
        : one(`${failed}${outcome.code}: ${outcome.message}`);
    case 'unreachable':
      return outcome.step === 'tools/list'
        ? toolsFailed(outcome.cause === 'timeout' ? 'Request timed out' : '…')
        : reportUnreachable(outcome.cause);
    case 'refused-to-send':
      return reportRefused(outcome.refusal);
    case 'other-transport':
      if (outcome.flaw !== undefined) {
        return reportStream(outcome.flaw);
      }
      return outcome.speaks === 'sse'
        ? one('✔ Connected')
        : one(
            `${failed}HTTP ${outcome.status}: SSE error: Non-200 status code (${outcome.status})`,
          );
    case 'other-version':
      return one(`${failed}-32022: Unsupported protocol version`);
    case 'broken-stream':
      return reportStream(outcome.flaw);
    case 'not-started':
    case 'process-ended':
    case 'process-silent':
    case 'process-flooded':
      return reportProcess(outcome);
    case 'no-upgrade':
    case 'no-subprotocol':
    case 'upgraded-behind-proxy':
    case 'socket-not-opened':
    case 'socket-closed':
    case 'socket-silent':
    case 'socket-flooded':
      return reportOverWebSocket(outcome);
    case 'redirected':
    case 'too-large':
    case 'curl-missing':
    case 'cancelled':
      return [];
    default:
      return assertNever(outcome);
  }
}

function reportRejection(
  { step, credential }: Outcome<'rejected'>,
  transport: TokenTestTarget['transport'],
): readonly ClaudeCodeReport[] {
  if (transport === 'sse' && step !== 'event stream') {
    return one(`${failed}Error POSTing to endpoint (HTTP 401): …`);
  }
  if (step !== 'initialize' && step !== 'event stream') {
    return [];
  }
  if (credential.authorizationScheme !== undefined) {
    return rejectedAuthorization(401);
  }
  return [
    { text: needsAuthentication, when: 'where the server has OAuth that Claude Code can use' },
    {
      text: `${failed}Dynamic Client Registration rejected (HTTP 404): …`,
      when: 'where it has none, as servers with API keys',
    },
  ];
}

function reportForbidden(outcome: Outcome<'forbidden'>): readonly ClaudeCodeReport[] {
  const { step, credential, scopeNeeded } = outcome;
  if (step === 'initialize' && credential.authorizationScheme !== undefined) {
    return scopeNeeded === undefined
      ? rejectedAuthorization(403)
      : one(`${failed}Insufficient scope: required "${scopeNeeded}"`);
  }
  return scopeNeeded === undefined ? one(needsAuthentication) : [];
}

function rejectedAuthorization(status: number): readonly ClaudeCodeReport[] {
  return one(
    `${failed}Server rejected the configured Authorization header (HTTP ${status}). Check that the token is valid for this MCP endpoint — OAuth fallback is disabled when headers.Authorization is set. Error detail: …`,
  );
}

/** The statuses whose text is known. */
const knownStatuses = [400, 402, 405, 406, 407, 408, 410, 415, 421, 429, 500, 501, 502, 503, 504];

function reportStatus(
  step: string,
  status: number,
  transport: TokenTestTarget['transport'],
): readonly ClaudeCodeReport[] {
  if (step === 'tools/list') {
    return toolsFailed('…');
  }
  if (transport === 'sse') {
    return status === 405 ? one(`${failed}HTTP 405: SSE error: Non-200 status code (405)`) : [];
  }
  if (status === 404) {
    return one(`${failed}MCP endpoint not found at …. Check the URL in your MCP config.`);
  }
  if (status === 403) {
    return [
      { text: needsAuthentication, when: 'where no Authorization header is configured' },
      ...rejectedAuthorization(403).map(({ text }) => ({ text, when: 'where one is' })),
    ];
  }
  return knownStatuses.includes(status)
    ? one(`${failed}HTTP ${status}: Error POSTing to endpoint: …`)
    : [];
}

function reportNotMcp({ flaw, step }: Outcome<'not-mcp'>): readonly ClaudeCodeReport[] {
  if (step === 'tools/list') {
    return toolsFailed('…');
  }
  if (step === 'event stream') {
    return one(`${failed}HTTP 200: SSE error: Invalid content type, expected "text/event-stream"`);
  }
  const unexpected = `${failed}CLIENT_HTTP_UNEXPECTED_CONTENT: Unexpected content type: `;
  switch (flaw.kind) {
    case 'html':
      return one(`${unexpected}text/html`);
    case 'content-type':
      return one(`${unexpected}${flaw.contentType === '' ? 'null' : flaw.contentType}`);
    case 'empty':
      return one(`${unexpected}null`);
    case 'broken-json':
      return one(`${failed}JSON Parse error: …`);
    case 'protocol-version':
      return one(`${failed}Server's protocol version is not supported: …`);
    case 'compressed':
    case 'no-response':
    case 'result-type':
    case 'tools':
    case 'session-id':
      return [];
    default:
      return assertNever(flaw);
  }
}

function reportUnreachable(cause: UnreachableCause): readonly ClaudeCodeReport[] {
  switch (cause) {
    case 'refused':
      return one(
        `${failed}ECONNREFUSED: Unable to connect. Is the computer able to access the url?`,
      );
    case 'reset':
      return one(`${failed}ECONNRESET: The socket connection was closed unexpectedly. …`);
    case 'tls':
      return one(`${failed}EPROTO: The TLS handshake failed. …`);
    case 'tls-untrusted':
      return [
        { text: `${failed}EPROTO: The TLS handshake failed. …`, when: 'for some certificates' },
        {
          text: `${failed}DEPTH_ZERO_SELF_SIGNED_CERT: self signed certificate`,
          when: 'for others',
        },
      ];
    case 'timeout':
      return timedOut;
    case 'dns':
    case 'proxy':
    case 'not-http':
    case 'other':
      return [];
    default:
      return assertNever(cause);
  }
}

function reportRefused(refusal: Refusal): readonly ClaudeCodeReport[] {
  switch (refusal.kind) {
    case 'url-unreadable':
      return one(`${failed}'url' is not a valid URL. Update the server's config and reconnect.`);
    case 'url-scheme':
      return refusal.scheme === 'localhost:'
        ? []
        : one(
            `${failed}Stopped an MCP request because its address is not http or https. Check the server's address in your settings, or ask the server's owner to fix the addresses it gives.`,
          );
    case 'header-name':
      return one(`${failed}Invalid header name: '${refusal.header}'`);
    case 'not-latin1':
    case 'control-character':
      return one(`${failed}Header '${refusal.header}' has invalid value`);
    case 'variable-unresolved':
    case 'url-fragment':
    case 'command-empty':
    case 'nul-character':
    case 'value-empty':
    case 'scheme-without-token':
    case 'scheme-doubled':
    case 'inner-white-space':
    case 'outer-white-space':
    case 'quoted':
    case 'too-long':
      return [];
    default:
      return assertNever(refusal);
  }
}
