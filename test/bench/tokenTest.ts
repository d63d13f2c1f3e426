import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { runTokenTest } from '../../src/core/tokenTest/runTokenTest';
import { createChannels } from '../../src/node/channels';
import { createCurlRunner } from '../../src/node/curlRunner';
import {
  initialized,
  json,
  mcpServer,
  startServer,
  status,
  tools,
} from '../integration/curlTestServer';

/** How long each took, in milliseconds: medians of runs that took turns. */
export interface TokenTestTimes {
  /** A test: initialize, its notification, tools/list, end of the session. */
  readonly test: number;
  /** The same four requests by a curl each, one after the other. */
  readonly plainCurl: number;
}

const rounds = 40;

/** Times a test against a server on this machine beside plain curl. */
export async function measureTokenTest(
  median: (times: readonly number[]) => number,
): Promise<TokenTestTimes> {
  const server = await startServer(
    mcpServer({
      initialize: json(initialized, { 'Mcp-Session-Id': 'session-1' }),
      'tools/list': json(tools),
      DELETE: status(204),
    }),
  );
  const url = `${server.origin}/mcp`;
  const ports = {
    http: await createCurlRunner(),
    ...createChannels({ timeoutMs: 30_000 }),
    now: Date.now,
  };
  const target = { transport: 'http', serverName: 'bench', url, headers: [] } as const;
  const contenders = {
    test: () => runTokenTest(target, ports, new AbortController().signal),
    plainCurl: () => sendByPlainCurl(url),
  };
  const times = { test: [] as number[], plainCurl: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    for (const name of ['test', 'plainCurl'] as const) {
      const start = performance.now();
      await contenders[name]();
      times[name].push(performance.now() - start);
    }
  }
  await server.close();
  return { test: median(times.test), plainCurl: median(times.plainCurl) };
}

async function sendByPlainCurl(url: string): Promise<void> {
  const run = promisify(execFile);
  const accept = ['-sS', '-H', 'Accept: application/json, text/event-stream'];
  for (const method of ['initialize', 'notifications/initialized', 'tools/list']) {
    await run('curl', [
      ...accept,
      '--json',
      JSON.stringify({ jsonrpc: '2.0', id: 1, method }),
      url,
    ]);
  }
  await run('curl', [...accept, '-X', 'DELETE', url]);
}
