import { assertNever } from '../base/assertNever';
import type { HttpRunner } from './httpRunner';
import { findRefusal } from './refusal';
import { createSender, type Sender, type TokenTestPorts, type TokenTestStep } from './sender';
import { explainByMetadata } from './resourceMetadata';
import type { TokenTestOptions } from './tokenTestOptions';
import type { TestCircumstances } from './testCircumstances';
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
  readonly circumstances?: TestCircumstances;
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
      const test = await testStdio(target, ports, signal, options);
      const circumstances = { ...options.circumstances, transport: target.transport };
      return { serverName: target.serverName, ...test, circumstances };
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
  const { serverName, transport, url } = target;
  const known = { ...options.circumstances, transport };
  const refusal = findRefusal(target);
  if (refusal !== undefined) {
    const outcome = { kind: 'refused-to-send', refusal } as const;
    return { serverName, outcome, steps: [], circumstances: known };
  }
  const isUnverified = options.insecure === true && /^(?:https|wss):$/.test(new URL(url).protocol);
  const http = isUnverified ? unverified(ports.http) : ports.http;
  const sender = createSender(target, { ...ports, http }, signal);
  const tested = await testOver(target, sender, ports, signal, options);
  const outcome = tested.kind === 'rejected' ? await explainByMetadata(tested, sender) : tested;
  const conditions = ports.http.conditions(url);
  return {
    serverName,
    outcome: isUnverified && outcome.kind === 'accepted' ? { ...outcome, isUnverified } : outcome,
    steps: sender.steps,
    circumstances: { ...known, isUnverified, ...(conditions && { conditions }) },
  };
}

/** Runs everything without verifying the certificate. */
function unverified(runner: HttpRunner): HttpRunner {
  return {
    conditions: (url) => runner.conditions(url),
    run: (spec, options, signal) => runner.run(spec, { ...options, insecure: true }, signal),
  };
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
      return testWebSocket(target, sender, ports, signal, options);
    default:
      return assertNever(target.transport);
  }
}
