import { assertNever } from '../base/assertNever';
import type { HttpRequestSpec } from './httpRunner';
import { eventStreamRequest, initializeRequest, upgradeRequest } from './tokenTestRequest';
import type { RemoteTarget } from './tokenTestTarget';

/** The key of an upgrade that is not random. @see RFC 6455 §1.3, whose example it is */
export const exampleKey = 'dGhlIHNhbXBsZSBub25jZQ==';

/** What a test sends first: `initialize`, the opening of the event stream, or that of a WebSocket. */
export function firstRequest(target: RemoteTarget): HttpRequestSpec {
  switch (target.transport) {
    case 'http':
      return initializeRequest(target);
    case 'sse':
      return eventStreamRequest(target);
    case 'ws':
      return upgradeRequest(target, exampleKey);
    default:
      return assertNever(target.transport);
  }
}
