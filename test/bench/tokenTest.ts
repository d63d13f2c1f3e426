import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { initializedMessage, toolsListMessage } from '../../src/core/tokenTest/mcpMessages';
import { runTokenTest } from '../../src/core/tokenTest/runTokenTest';
import {
  endSessionRequest,
  initializeRequest,
  sessionRequest,
} from '../../src/core/tokenTest/tokenTestRequest';
import type { RemoteTarget } from '../../src/core/tokenTest/tokenTestTarget';
import {
  initialized,
  json,
  mcpServer,
  startServer,
  status,
  tools,
} from '../integration/curlTestServer';
import { portsWith } from '../integration/tokenTestRun';

/** How long each took, in milliseconds: medians of runs that took turns. */
export interface TokenTestTimes {
  /** A test: initialize, its notification, tools/list, end of the session. */
  readonly test: number;
  /** The same four requests by a curl each, one after the other. */
  readonly plainCurl: number;
}

const rounds = 40;
const sessionId = 'session-1';

/** Times a test against a server on this machine beside plain curl. */
export async function measureTokenTest(
  median: (times: readonly number[]) => number,
): Promise<TokenTestTimes> {
  const server = await startServer(
    mcpServer({
      initialize: json(initialized, { 'Mcp-Session-Id': sessionId }),
      'tools/list': json(tools),
      DELETE: status(204),
    }),
  );
  const url = `${server.origin}/mcp`;
  const target = { transport: 'http', serverName: 'bench', url, headers: [] } as const;
  const contenders = {
    // With the search for curl and its version, as each test of a person has it.
    test: async () => {
      const ports = await portsWith();
      return runTokenTest(target, ports, new AbortController().signal);
    },
    plainCurl: () => sendByPlainCurl(target),
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

/** What the test sends, to the byte: `curl --version` aside, which only the test asks for. */
async function sendByPlainCurl(target: RemoteTarget): Promise<void> {
  const session = { id: sessionId, protocolVersion: initialized.result.protocolVersion };
  const requests = [
    initializeRequest(target),
    sessionRequest(target, session, initializedMessage),
    sessionRequest(target, session, toolsListMessage),
    endSessionRequest(target, session),
  ];
  for (const { method, url, headers, body } of requests) {
    const lines = headers.flatMap(({ name, value }) => ['-H', `${name}: ${value}`]);
    const data = body === undefined ? [] : ['--data-raw', body];
    await promisify(execFile)('curl', ['-q', '-sS', '-X', method, ...lines, ...data, url]);
  }
}
