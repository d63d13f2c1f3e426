import type { Remark } from './remarks';
import type { StepName } from './tokenTestOutcome';

/** What the test of a server of type `ws` found out besides what any test does. */
export type SocketOutcome =
  /** The server answered the upgrade as if it were an ordinary request. */
  | { readonly kind: 'no-upgrade'; readonly status: number; readonly detail: string | undefined }
  /** The upgrade passed without the subprotocol that Claude Code insists on. */
  | { readonly kind: 'no-subprotocol'; readonly agreed: string | undefined }
  /** The upgrade passed; behind a proxy nothing more was tried. */
  | { readonly kind: 'upgraded-behind-proxy' }
  /** curl was upgraded, and the socket that was to follow was not. */
  | { readonly kind: 'socket-not-opened'; readonly code: string; readonly detail: string }
  | {
      readonly kind: 'socket-closed';
      readonly step: StepName;
      readonly code: number | undefined;
      readonly reason: string;
      /** What the server sent that is no WebSocket, as the library that read it says. */
      readonly flaw?: string;
      readonly remarks?: readonly Remark[];
    }
  | {
      readonly kind: 'socket-silent';
      readonly step: StepName;
      readonly remarks?: readonly Remark[];
    }
  | {
      readonly kind: 'socket-flooded';
      readonly step: StepName;
      readonly remarks?: readonly Remark[];
    };
