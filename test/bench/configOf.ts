/**
 * A configuration of `count` servers of the kinds that people write: two in three in order, one in
 * six with a literal credential, as in files found in public.
 */
export function configOf(count: number): string {
  const servers = Array.from({ length: count }, (_, n) => [
    `server-${n}`,
    kinds[n % kinds.length]?.(n),
  ]);
  return JSON.stringify({ mcpServers: Object.fromEntries(servers) }, null, 2);
}

const kinds: readonly ((n: number) => object)[] = [
  (n) => ({
    type: 'http',
    url: `https://s${n}.example.com/mcp`,
    headers: { Authorization: `Bearer \${TOKEN_${n}}` },
  }),
  (n) => ({
    command: 'npx',
    args: ['-y', `@example/server-${n}`, '--verbose'],
    env: { API_KEY: `\${KEY_${n}}`, LOG_LEVEL: 'debug' },
  }),
  (n) => ({ type: 'http', url: `https://s${n}.example.com/mcp` }),
  (n) => ({ type: 'stdio', command: 'uvx', args: [`server-${n}`, '--root', './data'], env: {} }),
  (n) => ({ url: `http://s${n}.example.com/sse` }),
  () => ({
    command: 'node',
    args: ['server.js'],
    env: { API_KEY: '3f9d2b7c81e64a05b6d7f0a2c9e8135d' },
  }),
];
