import type { RemoteTarget, StdioTarget } from '../../../src/core/tokenTest/tokenTestTarget';

/** Values that must not be seen anywhere. */
export const secret = 'canary-' + 'tW3t'.repeat(7);

export const remoteTarget: RemoteTarget = {
  transport: 'http',
  serverName: 'tracker',
  url: 'https://mcp.tracker.example/mcp',
  writtenUrl: 'https://mcp.tracker.example/mcp',
  headers: [
    { name: 'Authorization', value: `Bearer ${secret}`, secretNames: ['TRACKER_TOKEN'] },
    { name: 'X-Tenant', value: 'corner-shop', secretNames: [] },
  ],
};

export const localTarget: StdioTarget = {
  transport: 'stdio',
  serverName: 'notes',
  command: { text: 'node', written: '${RUNTIME:-node}', secretNames: ['RUNTIME'] },
  args: [
    { text: '/home/ann/my server.mjs', written: '${DIR}/my server.mjs', secretNames: ['DIR'] },
  ],
  env: [
    { name: 'NOTES_TOKEN', text: secret, written: '${NOTES_TOKEN}', secretNames: ['NOTES_TOKEN'] },
    { name: 'NODE_OPTIONS', text: '', written: '${OPTIONS:-}', secretNames: ['OPTIONS'] },
  ],
  folder: '/home/ann/corner-shop',
};
