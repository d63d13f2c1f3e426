import { oneLine } from '../base/text';
import type { HttpFailureKind } from './ports';
import type { StepName } from './steps';
import type { UrlProblem } from './urlPolicy';

/** What a server answered with. */
export type DocumentName =
  | 'resource metadata'
  | 'authorization server metadata'
  | 'client registration'
  | 'device code'
  | 'token';

/** Why there is no token. Texts of servers in it are one line and limited. */
export type SignInFailure =
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'declined' }
  | {
      readonly kind: 'no-connection';
      readonly host: string;
      readonly reason: HttpFailureKind;
      readonly sentence: string;
    }
  | {
      readonly kind: 'unexpected-status';
      readonly document: DocumentName;
      readonly host: string;
      readonly status: number;
    }
  | {
      readonly kind: 'url-refused';
      /** The field that names it, or `server URL`. */
      readonly field: string;
      readonly problem: UrlProblem;
    }
  | { readonly kind: 'document-invalid'; readonly document: DocumentName; readonly flaw: string }
  | {
      readonly kind: 'resource-mismatch';
      readonly resource: string;
      readonly serverUrl: string;
    }
  | { readonly kind: 'metadata-missing'; readonly issuer: string }
  | { readonly kind: 'issuer-mismatch'; readonly expected: string; readonly found: string }
  | {
      readonly kind: 'pkce-missing';
      readonly issuer: string;
      /** Absent: the server says nothing of it. */
      readonly advertised?: readonly string[];
    }
  | { readonly kind: 'client-needed'; readonly issuer: string; readonly redirectUri: string }
  | { readonly kind: 'client-elsewhere'; readonly issuer: string; readonly clientIssuer: string }
  | {
      readonly kind: 'token-endpoint-moved';
      readonly issuer: string;
      readonly from: string;
      readonly to: string;
    }
  | {
      readonly kind: 'registration-refused';
      readonly status: number;
      readonly error?: string;
      readonly description?: string;
      readonly redirectUri: string;
    }
  | { readonly kind: 'client-key-unreadable' }
  | { readonly kind: 'browser-failed' }
  | { readonly kind: 'no-answer' }
  | { readonly kind: 'answer-invalid'; readonly flaw: 'state' | 'repeated' | 'no-code' }
  | { readonly kind: 'answer-of-another-issuer'; readonly issuer: string; readonly flaw: IssFlaw }
  | {
      readonly kind: 'authorization-refused';
      readonly error: string;
      readonly description?: string;
    }
  | {
      readonly kind: 'token-refused';
      readonly status: number;
      readonly error?: string;
      readonly description?: string;
    }
  | { readonly kind: 'refresh-refused'; readonly error: string }
  | { readonly kind: 'not-offered'; readonly what: string; readonly issuer: string }
  | { readonly kind: 'code-expired' }
  | { readonly kind: 'too-many-authorizations'; readonly limit: number };

/** `missing`: promised in the metadata and not there. @see RFC 9207 §2.4 */
export type IssFlaw = 'missing' | 'different';

/** Ends a flow; at the surface of the engine it becomes a value. */
export class SignInError extends Error {
  constructor(
    readonly failure: SignInFailure,
    readonly step: StepName,
  ) {
    super(failure.kind);
  }
}

/** A text of a server, to be shown: one line of at most 300 characters. */
export function foreign(text: string): string {
  return oneLine(text, 300).trim();
}
