import type { Channels, MessageChannel } from '../core/tokenTest/messageChannel';

/** Channels that end by themselves after `timeoutMs`. */
export function createChannels(_options: { readonly timeoutMs: number }): Channels {
  const notYet = (): MessageChannel => {
    throw new RangeError('No channels yet.');
  };
  return { openWebSocket: notYet, startProcess: notYet };
}
