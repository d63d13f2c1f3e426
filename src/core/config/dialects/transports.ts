import type { Transport } from '../mcpConfig';

/** The values of `type` that a configuration file may use, and the transport each stands for. */
export const transports = {
  since: '2.1.329',
  source: 'observed in Claude Code 2.1.329',
  ofType: {
    stdio: 'stdio',
    http: 'http',
    'streamable-http': 'http',
    sse: 'sse',
    ws: 'ws',
  },
} as const;

/** The transport of a declared `type`; `undefined` for any other word. Letter case counts. */
export function transportOf(type: string): Transport | undefined {
  return Object.hasOwn(transports.ofType, type)
    ? transports.ofType[type as keyof typeof transports.ofType]
    : undefined;
}
