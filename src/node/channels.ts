import { randomBytes } from 'node:crypto';
import type { Channels, MessageChannel } from '../core/tokenTest/messageChannel';
import { isPrivateName } from '../core/tokenTest/privateNames';
import { startProcess } from './processChannel';

export interface ChannelOptions {
  /** For the answer to one message. */
  readonly timeoutMs: number;
  /** Until a WebSocket is open; absent: as for an answer. */
  readonly connectTimeoutMs?: number;
  /** What processes inherit, and what names proxies and CA files. */
  readonly env?: Readonly<NodeJS.ProcessEnv>;
}

/** Channels of this machine. */
export function createChannels({
  timeoutMs,
  connectTimeoutMs = timeoutMs,
  env = process.env,
}: ChannelOptions): Channels {
  return {
    openWebSocket(spec, signal) {
      // Loaded by the first test that needs it, and not when the extension starts.
      const opened = import('./webSocketChannel').then(({ openWebSocket }) =>
        openWebSocket(spec, env, { timeoutMs, connectTimeoutMs, signal }),
      );
      return whenOpened(opened);
    },
    inheritedCredentials: () =>
      Object.entries(env).flatMap(([name, value = '']) => (isPrivateName(name) ? [value] : [])),
    startProcess: (spec, signal) => startProcess(spec, env, { timeoutMs, signal }),
    createWebSocketKey: () => randomBytes(16).toString('base64'),
  };
}

function whenOpened(opened: Promise<MessageChannel>): MessageChannel {
  return {
    send: (message) => void opened.then((channel) => channel.send(message)),
    answer: (message) => void opened.then((channel) => channel.answer(message)),
    receive: () => opened.then((channel) => channel.receive()),
    close: () => opened.then((channel) => channel.close()),
    errorOutput: () => '',
  };
}
