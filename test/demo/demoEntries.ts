import type { DemoServers } from './servers/startDemoServers';

/** An entry for each demo server under its name, with a reference to the credential that it takes. */
export function demoEntries({ servers }: DemoServers): Readonly<Record<string, object>> {
  return Object.fromEntries(
    servers.map(({ name, url, command }) => [
      name,
      url === undefined
        ? { type: 'stdio', ...command, env: { DEMO_STDIO_TOKEN: '${DEMO_STDIO_TOKEN}' } }
        : { type: typeOf(name), url, headers: demoHeaders(name) },
    ]),
  );
}

/** Those of another type are called after it. */
function typeOf(name: string): string {
  return name === 'sse' || name === 'ws' ? name : 'http';
}

function demoHeaders(name: string): Readonly<Record<string, string>> {
  return name === 'api-key'
    ? { 'X-API-Key': '${DEMO_API_KEY}', 'X-API-Secret': '${DEMO_API_SECRET}' }
    : { Authorization: 'Bearer ${DEMO_BEARER_TOKEN}' };
}
