import { assertNever } from '../base/assertNever';
import { findRefusal } from './refusal';
import { createSender, type Sender, type TokenTestPorts, type TokenTestStep } from './sender';
import { explainByMetadata } from './resourceMetadata';
import type { TokenTestOptions } from './tokenTestOptions';
import type { TokenTestOutcome } from './tokenTestOutcome';
import type { RemoteTarget, TokenTestTarget } from './tokenTestTarget';
import { testHttp } from './transports/http';
import { testSse } from './transports/sse';
import { testStdio } from './transports/stdio';
import { testWebSocket } from './transports/webSocket';

/** A finished test. Safe to keep and to show: no credential of the run is in it. */
export interface TokenTestResult {
  readonly serverName: string;
  readonly outcome: TokenTestOutcome;
  readonly steps: readonly TokenTestStep[];
}

/**
 * Finds out whether the server accepts the credential of `target`, over its transport, and gives
 * back whatever it took for that. Sends nothing that could not work.
 * Never rejects for anything a server, curl or `signal` does: that is the outcome.
 */
export async function runTokenTest(
  target: TokenTestTarget,
  ports: TokenTestPorts,
  signal: AbortSignal,
  options: TokenTestOptions = {},
): Promise<TokenTestResult> {
  switch (target.transport) {
    case 'http':
    case 'sse':
    case 'ws':
      return testRemote(target, ports, signal, options);
    case 'stdio': {
      const test = await testStdio(target, ports, signal);
      return { serverName: target.serverName, ...test };
    }
    default:
      return assertNever(target);
  }
}

async function testRemote(
  target: RemoteTarget,
  ports: TokenTestPorts,
  signal: AbortSignal,
  options: TokenTestOptions,
): Promise<TokenTestResult> {
  const { serverName } = target;
  const refusal = findRefusal(target);
  if (refusal !== undefined) {
    return { serverName, outcome: { kind: 'refused-to-send', refusal }, steps: [] };
  }
  const sender = createSender(target, ports, signal);
  const tested = await testOver(target, sender, ports, signal, options);
  const outcome = tested.kind === 'rejected' ? await explainByMetadata(tested, sender) : tested;
  return { serverName, outcome, steps: sender.steps };
}

function testOver(
  target: RemoteTarget,
  sender: Sender,
  ports: TokenTestPorts,
  signal: AbortSignal,
  options: TokenTestOptions,
): Promise<TokenTestOutcome> {
  switch (target.transport) {
    case 'http':
      return testHttp(target, sender, options);
    case 'sse':
      return testSse(target, sender, options);
    case 'ws':
      return testWebSocket(target, sender, ports, signal);
    default:
      return assertNever(target.transport);
  }
}
