import { assertNever } from '../base/assertNever';
import { knownVersions } from './describeOutcome';
import type { Refusal } from './refusal';
import type { TokenTestOutcome } from './tokenTestOutcome';
import type { TokenTestTarget } from './tokenTestTarget';
import type { UnreachableCause } from './unreachable';

/** What `claude mcp list` shows behind ` - `, and when it is this one of several. */
export interface ClaudeCodeReport {
  readonly text: string;
  /** As it stands in a sentence behind the text; undefined where there is one text only. */
  readonly when?: string;
}

type Outcome<K extends TokenTestOutcome['kind']> = Extract<TokenTestOutcome, { kind: K }>;

const failed = '✘ Failed to connect — ';
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
      return reportRejection(outcome);
    case 'forbidden':
      return reportForbidden(outcome);
    case 'wrong-endpoint':
      return reportStatus(outcome.step, outcome.status, transport);
    case 'server-error':
    case 'proxy-page':
    case 'firewall':
      return reportStatus(outcome.step, outcome.status, transport);
    case 'rate-limited':
      return one(`${failed}HTTP 429: Error POSTing to endpoint: …`);
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
    case 'redirected':
    case 'too-large':
    case 'curl-missing':
    case 'cancelled':
      return [];
    default:
      return assertNever(outcome);
  }
}

function reportRejection({ step, credential }: Outcome<'rejected'>): readonly ClaudeCodeReport[] {
  if (step !== 'initialize') {
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
    return rejectedAuthorization(403);
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
      return one(`${failed}DEPTH_ZERO_SELF_SIGNED_CERT: self signed certificate`);
    case 'timeout':
      return one(`${failed}MCP server "…" connection timed out after 30000ms`);
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
    case 'value-empty':
    case 'scheme-without-token':
    case 'scheme-doubled':
    case 'inner-white-space':
    case 'outer-white-space':
    case 'quoted':
      return [];
    default:
      return assertNever(refusal);
  }
}

function reportOverWebSocket(outcome: TokenTestOutcome): readonly ClaudeCodeReport[] {
  switch (outcome.kind) {
    case 'accepted':
      return one('✔ Connected');
    case 'rejected':
    case 'forbidden':
    case 'wrong-endpoint':
    case 'server-error':
    case 'rate-limited':
      return one(
        `${failed}WebSocket connection to 'ws://…' failed: Expected 101 status code: ${outcome.status}`,
      );
    default:
      return [];
  }
}

function toolsFailed(detail: string): readonly ClaudeCodeReport[] {
  return one(`! Connected · tools fetch failed — ${detail}`);
}

function one(text: string): readonly ClaudeCodeReport[] {
  return [{ text }];
}
