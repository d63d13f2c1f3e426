import assert from 'node:assert/strict';
import { runTokenTest, type TokenTestResult } from '../../src/core/tokenTest/runTokenTest';
import type { TokenTestPorts } from '../../src/core/tokenTest/sender';
import type { TokenTestOptions } from '../../src/core/tokenTest/tokenTestOptions';
import type { RemoteTarget } from '../../src/core/tokenTest/tokenTestTarget';
import { createChannels } from '../../src/node/channels';
import { createCurlRunner, type CurlOptions } from '../../src/node/curlRunner';
import { curls } from '../support/processes';

export interface TestRun extends TokenTestOptions {
  readonly transport?: RemoteTarget['transport'];
  /** The value of `Authorization`; none is sent without. */
  readonly authorization?: string | undefined;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** What a test needs of this machine, with the real curl. */
export async function portsWith(options: CurlOptions = {}): Promise<TokenTestPorts> {
  const { timeoutMs = 10_000, connectTimeoutMs = timeoutMs, env = process.env } = options;
  const http = await createCurlRunner({ timeoutMs, ...options });
  return { http, ...createChannels({ timeoutMs, connectTimeoutMs, env }), now: Date.now };
}

/** Tests the server at `url` with the real curl, of which nothing may be left afterwards. */
export async function testAt(url: string, run: TestRun = {}): Promise<TokenTestResult> {
  const { transport = 'http', authorization, timeoutMs = 10_000, signal, ...options } = run;
  const headers =
    authorization === undefined
      ? []
      : [{ name: 'Authorization', value: authorization, secretNames: ['TRACKER_TOKEN'] }];
  const target: RemoteTarget = { transport, serverName: 'tracker', url, headers };
  const ports = await portsWith({ timeoutMs });
  const result = await runTokenTest(target, ports, signal ?? new AbortController().signal, options);
  assert.deepEqual(curls(), []);
  return result;
}

/** Each step with the status of its answer. */
export function statuses({ steps }: TokenTestResult): readonly string[] {
  return steps.map((step) =>
    step.kind === 'http' ? `${step.name} ${step.exchange.status}` : step.name,
  );
}
