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
      /** The certificate was not verified: who answered is not known. */
      readonly isUnverified?: true;
    }
  | {
      readonly kind: 'rejected';
      readonly status: 401;
      readonly step: StepName;
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
  | { readonly kind: 'not-mcp'; readonly step: StepName; readonly flaw: NotMcpFlaw }
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
  | {
      readonly kind: 'too-large';
      readonly step: StepName;
      /** The headers alone were too much. */
      readonly part?: 'head';
    }
  | { readonly kind: 'refused-to-send'; readonly refusal: Refusal }
  | { readonly kind: 'curl-missing'; readonly problem: CurlProblem }
  | { readonly kind: 'cancelled' };

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
  | { readonly kind: 'session-id' };
