import { isObject } from '../base/jsonObject';

/**
 * The answers to the requests of a server in `text`, which is JSON: one for each. It may ask whether
 * anybody is there before it answers itself; of what a client can offer, the test announced nothing.
 * @see MCP 2025-06-18, Ping; JSON-RPC 2.0 §5.1
 */
export function answerRequests(text: string): readonly string[] {
  const json: unknown = JSON.parse(text);
  const messages: readonly unknown[] = Array.isArray(json) ? json : [json];
  return messages.flatMap((message) => {
    if (!isObject(message)) {
      return [];
    }
    const { id, method } = message;
    if (typeof method !== 'string' || (typeof id !== 'string' && typeof id !== 'number')) {
      return [];
    }
    const answer =
      method === 'ping' ? { result: {} } : { error: { code: -32601, message: 'Method not found' } };
    return [JSON.stringify({ jsonrpc: '2.0', id, ...answer })];
  });
}
