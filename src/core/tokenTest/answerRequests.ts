import { isObject } from '../base/jsonObject';
import { parseMessages } from './mcpAnswer';
import { methodNotFound } from './mcpMessages';

/**
 * The answers to the requests of a server in `text`: one for each. It may ask whether
 * anybody is there before it answers itself; of what a client can offer, the test announced nothing.
 * @see MCP 2025-06-18, Ping; JSON-RPC 2.0 §5.1
 */
export function answerRequests(text: string): readonly string[] {
  return (parseMessages(text) ?? []).flatMap((message) => {
    if (!isObject(message)) {
      return [];
    }
    const { id, method } = message;
    if (typeof method !== 'string' || (typeof id !== 'string' && typeof id !== 'number')) {
      return [];
    }
    const answer =
      method === 'ping'
        ? { result: {} }
        : { error: { code: methodNotFound, message: 'Method not found' } };
    return [JSON.stringify({ jsonrpc: '2.0', id, ...answer })];
  });
}
