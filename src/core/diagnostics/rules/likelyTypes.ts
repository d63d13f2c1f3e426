import type { McpServer, Transport } from '../../config/mcpConfig';

/** The values of `type` that a remote entry may have meant, the likeliest first. */
export function likelyTypes({ url }: McpServer): readonly [Transport, ...Transport[]] {
  const address = url?.value ?? '';
  if (/^wss?:/i.test(address)) {
    return ['ws'];
  }
  return /\/sse\/?(?:[?#]|$)/i.test(address) ? ['sse', 'http'] : ['http', 'sse'];
}
