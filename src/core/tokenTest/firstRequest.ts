import { assertNever } from '../base/assertNever';
import type { HttpHeader } from './httpRunner';
import { initializeRequest, withOwnHeaders } from './tokenTestRequest';
import type { RemoteTarget } from './tokenTestTarget';

export interface FirstRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: readonly HttpHeader[];
  readonly body?: string;
}

/**
 * What a client sends first: `initialize`, the opening of the event stream, or that of a WebSocket.
 * @see RFC 6455 §4.1; the key is the example of §1.3, which is as good as any
 */
export function firstRequest(target: RemoteTarget): FirstRequest {
  switch (target.transport) {
    case 'http':
      return { ...initializeRequest(target), method: 'POST' };
    case 'sse':
      return get(target, [{ name: 'Accept', value: 'text/event-stream' }]);
    case 'ws':
      return get(target, [
        { name: 'Connection', value: 'Upgrade' },
        { name: 'Upgrade', value: 'websocket' },
        { name: 'Sec-WebSocket-Version', value: '13' },
        { name: 'Sec-WebSocket-Key', value: 'dGhlIHNhbXBsZSBub25jZQ==' },
        { name: 'Sec-WebSocket-Protocol', value: 'mcp' },
      ]);
    default:
      return assertNever(target.transport);
  }
}

function get(target: RemoteTarget, headers: readonly HttpHeader[]): FirstRequest {
  return {
    method: 'GET',
    url: new URL(target.url).href,
    headers: withOwnHeaders(headers, target),
  };
}
