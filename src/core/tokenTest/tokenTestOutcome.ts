import type { SentCredential } from './credentials';
import type { CurlProblem } from './curlVersion';
import type { ListedTool } from './listedTools';
import type { McpAnswerFlaw } from './mcpAnswer';
import type { ProcessOutcome } from './processOutcome';
import type { Refusal } from './refusal';
import type { RejectionReason } from './rejection';
import type { Remark } from './remarks';
import type { SocketOutcome } from './socketOutcome';
import type { UnreachableCause } from './unreachable';

/** The steps of a test, most of them by the method of their message. */
export type StepName =
  /** The GET with which a server of the older transport is reached. */
  | 'event stream'
  /** From HTTP to a WebSocket. */
  | 'upgrade'
  /** Of a local server. */
  | 'start'
  | 'initialize'
  | 'notifications/initialized'
  /** Where there is no `initialize`. */
  | 'server/discover'
  | 'tools/list'
  | 'tools/call'
  /** To a request of the server. */
  | 'answer'
  /** Gives the session back. */
  | 'session end'
  /** What the server says about its authorization servers. */
  | 'resource metadata';

/**
 * What a test found out. A plain value that can be stored and shown: no credential is in it, and
 * text of the server is one line of limited length.
 */
export type TokenTestOutcome =
  | {
      readonly kind: 'accepted';
      readonly serverName: string | undefined;
      readonly protocolVersion: string;
      readonly toolCount: number;
      /** The count is that of the first page. */
      readonly hasMoreTools: boolean;
      /** Absent where nobody asked for them; the count is theirs then. */
      readonly tools?: readonly ListedTool[];
      /** The server answered `server/discover` instead of `initialize`. */
      readonly isStateless?: true;
      /** What a call of a tool that does not exist showed; absent where none was made. */
      readonly toolCall?: ToolCallProbe;
      readonly remarks?: readonly Remark[];
      /** The certificate was not verified: who answered is not known. */
      readonly isUnverified?: true;
    }
  | {
      readonly kind: 'rejected';
      readonly status: 401;
      readonly step: StepName;
      /** The steps that the server had answered before. */
      readonly passed?: readonly StepName[];
      readonly reason: RejectionReason;
      readonly credential: SentCredential;
      /** The schemes of the server's challenges. */
      readonly offeredSchemes: readonly string[];
      /** How far the clock of this computer is ahead of the server's, where they do not agree. */
      readonly clockAheadMs?: number;
    }
  | {
      readonly kind: 'forbidden';
      readonly status: 403;
      readonly step: StepName;
      readonly scopeNeeded: string | undefined;
      /** What the token says about its own scopes. */
      readonly scopesHeld?: readonly string[];
      readonly detail: string | undefined;
      readonly credential: SentCredential;
    }
  | {
      readonly kind: 'wrong-endpoint';
      readonly status: number;
      readonly step: StepName;
      readonly detail: string | undefined;
    }
  | {
      /** The server took `initialize` and does not go on with what that began. */
      readonly kind: 'session-lost';
      readonly status: 400 | 404;
      readonly step: StepName;
      readonly detail: string | undefined;
    }
  | {
      readonly kind: 'not-mcp';
      readonly step: StepName;
      readonly flaw: NotMcpFlaw;
      readonly remarks?: readonly Remark[];
    }
  | Redirected
  | {
      /** A page that a proxy between here and the server gave. */
      readonly kind: 'proxy-page';
      readonly status: number;
      readonly step: StepName;
      readonly product: string | undefined;
    }
  | {
      /** What stands before the server did not let the request through. */
      readonly kind: 'firewall';
      readonly status: number;
      readonly step: StepName;
      readonly product: string | undefined;
    }
  | {
      readonly kind: 'rate-limited';
      readonly status: 429;
      readonly step: StepName;
      readonly retryAfter: string | undefined;
    }
  | {
      readonly kind: 'server-error';
      readonly status: number;
      readonly step: StepName;
      readonly detail: string | undefined;
    }
  | {
      readonly kind: 'rpc-error';
      readonly step: StepName;
      readonly code: number;
      readonly message: string;
      /** Where the messages went over a channel. */
      readonly over?: 'socket' | 'process';
      readonly remarks?: readonly Remark[];
    }
  | {
      readonly kind: 'unreachable';
      readonly step: StepName;
      readonly passed?: readonly StepName[];
      readonly cause: UnreachableCause;
      /** `host` or `host:port` of the url. */
      readonly host: string;
      /** In curl's words. */
      readonly detail: string;
    }
  | {
      readonly kind: 'too-large';
      readonly step: StepName;
      /** The headers alone were too much. */
      readonly part?: 'head';
    }
  /** The server speaks, but over the transport of another type. */
  | {
      readonly kind: 'other-transport';
      readonly speaks: 'http' | 'sse';
      /** How it answered the first request of the type that is written. */
      readonly status: number;
      /** What was wrong with the event stream that this opened, if it did. */
      readonly flaw?: StreamFlaw;
    }
  /** The server speaks MCP in versions that this test does not. */
  | { readonly kind: 'other-version'; readonly supported: readonly string[] }
  /** An event stream that began and did not bring what it is for. */
  | { readonly kind: 'broken-stream'; readonly step: StepName; readonly flaw: StreamFlaw }
  | { readonly kind: 'refused-to-send'; readonly refusal: Refusal }
  | { readonly kind: 'curl-missing'; readonly problem: CurlProblem }
  | { readonly kind: 'cancelled' }
  | ProcessOutcome
  | SocketOutcome;

/** Whether the server looks at the credential of a `tools/call`, told by a tool that does not exist. */
export type ToolCallProbe =
  /** The tool was looked up. */
  | { readonly kind: 'open' }
  /** Status 401 or 403, or an error that is about access. */
  | { readonly kind: 'protected'; readonly status: 401 | 403 | undefined }
  /** The call failed in a way that says nothing about access. */
  | { readonly kind: 'unclear' };

export type StreamFlaw =
  /** No event `endpoint` came; the server closed the stream, or it went on until the limit. */
  | { readonly kind: 'no-endpoint'; readonly isClosed: boolean }
  | { readonly kind: 'endpoint-unreadable' }
  /** On another origin, where nothing was sent. */
  | { readonly kind: 'endpoint-elsewhere'; readonly endpoint: string }
  /** The message was taken, and no answer came on the stream; `isInPost` if it came there instead. */
  | { readonly kind: 'no-answer'; readonly isClosed: boolean; readonly isInPost: boolean };

export interface Redirected {
  readonly kind: 'redirected';
  readonly status: number;
  /** As the server wrote it, one line. */
  readonly location: string | undefined;
  readonly leadsTo?: RedirectGoal;
  /** On the same host, whole and without a credential: fit to be written into the entry. */
  readonly newUrl?: string;
}

export type RedirectGoal =
  'same-host' | 'unencrypted' | 'other-host' | 'sign-in' | 'no-web-address';

export type NotMcpFlaw =
  | McpAnswerFlaw
  /** `initialize` answered without a version that could be sent back. */
  | { readonly kind: 'protocol-version' }
  /** The session id is none that could be sent back. */
  | { readonly kind: 'session-id' }
  /** A result that is not complete, where only a complete one makes sense. */
  | { readonly kind: 'result-type' }
  /** The result of `tools/list` holds no list of them. */
  | { readonly kind: 'tools' };
