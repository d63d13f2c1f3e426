import { assertNever } from '../base/assertNever';
import { findRefusal } from './refusal';
import { createSender, type Sender, type TokenTestPorts, type TokenTestStep } from './sender';
import type { TokenTestOptions } from './tokenTestOptions';
import type { TokenTestOutcome } from './tokenTestOutcome';
import type { RemoteTarget, TokenTestTarget } from './tokenTestTarget';
import { testHttp } from './transports/http';

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
  _options: TokenTestOptions = {},
): Promise<TokenTestResult> {
  switch (target.transport) {
    case 'http':
    case 'sse':
    case 'ws':
      return testRemote(target, ports, signal);
    case 'stdio':
      throw new RangeError('No test over stdio yet.');
    default:
      return assertNever(target);
  }
}

async function testRemote(
  target: RemoteTarget,
  ports: TokenTestPorts,
  signal: AbortSignal,
): Promise<TokenTestResult> {
  const { serverName } = target;
  const refusal = findRefusal(target);
  if (refusal !== undefined) {
    return { serverName, outcome: { kind: 'refused-to-send', refusal }, steps: [] };
  }
  const sender = createSender(target, ports, signal);
  return { serverName, outcome: await testOver(target, sender), steps: sender.steps };
}

function testOver(target: RemoteTarget, sender: Sender): Promise<TokenTestOutcome> {
  switch (target.transport) {
    case 'http':
      return testHttp(target, sender);
    case 'sse':
    case 'ws':
      throw new RangeError(`No test over ${target.transport} yet.`);
    default:
      return assertNever(target.transport);
  }
}
