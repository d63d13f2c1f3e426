import { createEventStreamReader } from '../eventStream';
import { judgeRequest } from '../judgeExchange';
import { isEventStream, readMcpAnswer } from '../mcpAnswer';
import { initializeMessage, methodNotFound, statelessVersion } from '../mcpMessages';
import { openSession } from '../mcpSession';
import type { Exchanged, Sender } from '../sender';
import type { TokenTestOptions } from '../tokenTestOptions';
import type { TokenTestOutcome } from '../tokenTestOutcome';
import { eventStreamRequest, initializeRequest } from '../tokenTestRequest';
import type { RemoteTarget } from '../tokenTestTarget';
import { endSession } from './endSession';
import { otherVersion, testStateless } from './stateless';

/** The first request, and what would be its outcome if there were no other form. */
interface FirstAnswer extends Exchanged {
  readonly outcome: TokenTestOutcome;
}

/** To learn only whether somebody speaks another transport. */
const lookMaxTimeMs = 5000;

/**
 * What becomes of a test over Streamable HTTP whose `initialize` was refused. After a status that
 * is an answer to the credential, or a failure, nothing more is sent.
 *
 * | the answer                                            | goes on as          |
 * | ----------------------------------------------------- | ------------------- |
 * | an error that only servers of the stateless revision give, or that names its version | stateless |
 * | the method is unknown, which `initialize` is to no older server | stateless, if that is answered |
 * | a status after which Claude Code tries an event stream | event stream, if one opens |
 *
 * @see Model Context Protocol 2026-07-28, Streamable HTTP, Backward Compatibility
 */
export async function testOtherForm(
  target: RemoteTarget,
  sender: Sender,
  options: TokenTestOptions,
  first: FirstAnswer,
): Promise<TokenTestOutcome> {
  const answer = readMcpAnswer(first.exchange, initializeMessage.id);
  if (answer.kind === 'error' && triesStateless(first.outcome)) {
    const { code, supported } = answer;
    if (supported !== undefined && !supported.includes(statelessVersion)) {
      return otherVersion(supported, sender);
    }
    if (supported !== undefined || statelessErrors.includes(code)) {
      return testStateless(target, sender, options);
    }
    if (code === methodNotFound) {
      const outcome = await testStateless(target, sender, options);
      return saysNothing.has(outcome.kind) ? first.outcome : outcome;
    }
  }
  return (await findEventStream(target, sender, first.outcome)) ?? first.outcome;
}

/**
 * Whether `initialize` by POST is answered, where the event stream of type "sse" was refused or named
 * no endpoint: then the server speaks Streamable HTTP, which may open a stream of its own on GET.
 */
export async function findStreamableHttp(
  target: RemoteTarget,
  sender: Sender,
  outcome: TokenTestOutcome,
): Promise<TokenTestOutcome | undefined> {
  const found = asStreamableHttp(outcome);
  if (found === undefined) {
    return undefined;
  }
  const sent = await sender.send('initialize', initializeRequest(target), {
    answerTo: initializeMessage.id,
    maxTimeMs: lookMaxTimeMs,
  });
  if (sent.kind === 'decided') {
    return sent.outcome;
  }
  const judged = judgeRequest(sent.exchange, initializeMessage.id, sent.context);
  if (judged.kind === 'failed') {
    const answer = readMcpAnswer(sent.exchange, initializeMessage.id);
    const isStateless = answer.kind === 'error' && statelessErrors.includes(answer.code);
    return isStateless ? found : undefined;
  }
  const opened = openSession(sent.exchange, judged.result, sender.clean);
  if (opened.kind === 'opened') {
    await endSession(target, opened.session, sender);
  }
  return found;
}

/** What it comes to if the server does speak that; undefined where there is no reason to ask. */
function asStreamableHttp(outcome: TokenTestOutcome): TokenTestOutcome | undefined {
  const wrongType = { kind: 'other-transport', speaks: 'http' } as const;
  if (outcome.kind === 'wrong-endpoint') {
    return { ...wrongType, status: outcome.status };
  }
  return outcome.kind === 'broken-stream' && outcome.flaw.kind === 'no-endpoint'
    ? { ...wrongType, status: 200, flaw: outcome.flaw }
    : undefined;
}

async function findEventStream(
  target: RemoteTarget,
  sender: Sender,
  outcome: TokenTestOutcome,
): Promise<TokenTestOutcome | undefined> {
  if (outcome.kind !== 'wrong-endpoint' || !triesEventStream(outcome.status)) {
    return undefined;
  }
  const sent = await sender.send('event stream', eventStreamRequest(target), {
    untilEvent: 'endpoint',
    maxTimeMs: lookMaxTimeMs,
  });
  if (sent.kind === 'decided') {
    return sent.outcome;
  }
  const { status } = outcome;
  const events = createEventStreamReader().read(sent.exchange.body);
  return isEventStream(sent.exchange) && events.some(({ name }) => name === 'endpoint')
    ? { kind: 'other-transport', speaks: 'sse', status }
    : undefined;
}

/** The protocol gives its errors with 200, 400 and 404; what a 401 or a 5xx says besides is no error of it. */
function triesStateless(outcome: TokenTestOutcome): boolean {
  return (
    outcome.kind === 'rpc-error' ||
    (outcome.kind === 'wrong-endpoint' && triesEventStream(outcome.status))
  );
}

/** As Claude Code does; never after 401, 403, 429 or 5xx. */
export function triesEventStream(status: number): boolean {
  return status === 400 || status === 402 || (status >= 404 && status <= 421);
}

/** Header mismatch, missing capability, unsupported version. @see Model Context Protocol 2026-07-28, Error Codes */
const statelessErrors: readonly number[] = [-32020, -32021, -32022];

/** Outcomes that prove no server of the stateless revision. */
const saysNothing: ReadonlySet<TokenTestOutcome['kind']> = new Set([
  'wrong-endpoint',
  'not-mcp',
  'rpc-error',
  'server-error',
  'unreachable',
]);
