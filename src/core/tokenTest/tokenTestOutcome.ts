import type { SentCredential } from './credentials';
import type { CurlProblem } from './curlVersion';
import type { McpAnswerFlaw } from './mcpAnswer';
import type { Refusal } from './refusal';
import type { RejectionReason } from './rejection';
import type { UnreachableCause } from './unreachable';

/** The steps of a test by the method of their message; the last one gives the session back. */
export type StepName = 'initialize' | 'notifications/initialized' | 'tools/list' | 'session end';

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
      /** What a call of a tool that does not exist showed; absent where none was made. */
      readonly toolCall?: ToolCallProbe;
    }
  | {
      readonly kind: 'rejected';
      readonly status: 401;
      readonly step: StepName;
      readonly reason: RejectionReason;
      readonly credential: SentCredential;
      /** The schemes of the server's challenges. */
      readonly offeredSchemes: readonly string[];
    }
  | {
      readonly kind: 'forbidden';
      readonly status: 403;
      readonly step: StepName;
      readonly scopeNeeded: string | undefined;
      readonly detail: string | undefined;
      readonly credential: SentCredential;
    }
  | {
      readonly kind: 'wrong-endpoint';
      readonly status: number;
      readonly step: StepName;
      readonly detail: string | undefined;
    }
  | { readonly kind: 'not-mcp'; readonly step: StepName; readonly flaw: NotMcpFlaw }
  | { readonly kind: 'redirected'; readonly status: number; readonly location: string | undefined }
  | { readonly kind: 'rate-limited'; readonly status: 429; readonly retryAfter: string | undefined }
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
    }
  | {
      readonly kind: 'unreachable';
      readonly step: StepName;
      readonly cause: UnreachableCause;
      /** `host` or `host:port` of the url. */
      readonly host: string;
      /** In curl's words. */
      readonly detail: string;
    }
  | { readonly kind: 'too-large'; readonly step: StepName }
  | { readonly kind: 'refused-to-send'; readonly refusal: Refusal }
  | { readonly kind: 'curl-missing'; readonly problem: CurlProblem }
  | { readonly kind: 'cancelled' };

/** Whether the server looks at the credential of a `tools/call`, told by a tool that does not exist. */
export type ToolCallProbe =
  /** The tool was looked up. */
  | { readonly kind: 'open' }
  /** Status 401 or 403, or an error that is about access. */
  | { readonly kind: 'protected'; readonly status: 401 | 403 | undefined }
  /** The call failed in a way that says nothing about access. */
  | { readonly kind: 'unclear' };

export type NotMcpFlaw =
  | McpAnswerFlaw
  /** `initialize` answered without a version that could be sent back. */
  | { readonly kind: 'protocol-version' }
  /** The session id is none that could be sent back. */
  | { readonly kind: 'session-id' };
