import { createHash } from 'node:crypto';

const canary = `canary-${'5e0a'.repeat(4)}`;

/** What Claude Code writes when somebody signs in to these servers of type http at `url`. */
export function credentialsFor(
  url: string,
  servers: readonly { readonly name: string; readonly headers: object }[],
  fields: object = {},
): string {
  const mcpOAuth = servers.map(({ name, headers }) => {
    const text = JSON.stringify({ type: 'http', url, headers });
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
    const tokens = { accessToken: canary, refreshToken: canary };
    return [`${name}|${hash}`, { serverName: name, serverUrl: url, ...tokens, ...fields }];
  });
  return JSON.stringify({ mcpOAuth: Object.fromEntries(mcpOAuth) as object });
}
