import type { Transport } from '../../config/mcpConfig';

/** The values of `type` that an entry with this address may have meant, the likeliest first. */
export function likelyTypes(address: string): readonly [Transport, ...Transport[]] {
  if (/^wss?:/i.test(address)) {
    return ['ws'];
  }
  return /\/sse\/?(?:[?#]|$)/i.test(address) ? ['sse', 'http'] : ['http', 'sse'];
}
