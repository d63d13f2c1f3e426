import type { Transport } from './mcpConfig';

/** The values of `type` that an entry with this address may have meant, the likeliest first. */
export function likelyTransports(address: string): readonly [Transport, ...Transport[]] {
  if (/^wss?:/i.test(address)) {
    return ['ws'];
  }
  return /\/sse\/?(?:[?#]|$)/i.test(address) ? ['sse', 'http'] : ['http', 'sse'];
}

/** Where other clients keep the address of a remote server. */
export const otherAddressKeys = ['serverUrl', 'httpUrl'];

/** The words for a transport in lower case with letters only, other clients' words among them. */
const words: Readonly<Record<string, Transport>> = {
  stdio: 'stdio',
  local: 'stdio',
  process: 'stdio',
  http: 'http',
  https: 'http',
  streamablehttp: 'http',
  httpstream: 'http',
  sse: 'sse',
  serversentevents: 'sse',
  ws: 'ws',
  wss: 'ws',
  websocket: 'ws',
};

/** What a `type` that Claude Code does not know says all the same; `undefined` where nothing. */
export function transportOfWord(type: string): Transport | undefined {
  const word = type.toLowerCase().replace(/[^a-z]/g, '');
  return Object.hasOwn(words, word) ? words[word] : undefined;
}
