import { judgeRequest, judgeStatus } from '../judgeExchange';
import { countTools, openSession, type OpenedSession } from '../mcpSession';
import type { Sender } from '../sender';
import type { TokenTestOutcome } from '../tokenTestOutcome';
import {
  endSessionRequest,
  initializedNotification,
  initializeId,
  initializeRequest,
  toolsListId,
  toolsListRequest,
} from '../tokenTestRequest';
import type { RemoteTarget } from '../tokenTestTarget';

type Opened = Extract<OpenedSession, { kind: 'opened' }>;

/** A session is given back out of courtesy; nobody should wait long for it. */
const endSessionMaxTimeMs = 3000;

/** Streamable HTTP: initialize, its notification, tools/list, and the end of the session. */
export async function testHttp(target: RemoteTarget, sender: Sender): Promise<TokenTestOutcome> {
  const step = 'initialize';
  const sent = await sender.send(step, initializeRequest(target), { answerTo: initializeId });
  if (sent.kind === 'decided') {
    return sent.outcome;
  }
  const judged = judgeRequest(sent.exchange, initializeId, sent.context);
  if (judged.kind === 'failed') {
    return judged.outcome;
  }
  const opened = openSession(sent.exchange, judged.result);
  if (opened.kind === 'flawed') {
    return { kind: 'not-mcp', step, flaw: opened.flaw };
  }
  const outcome = await testSession(target, opened, sender);
  if (opened.session.id !== undefined && outcome.kind !== 'cancelled') {
    const request = endSessionRequest(target, opened.session);
    await sender.send('session end', request, { maxTimeMs: endSessionMaxTimeMs });
  }
  return outcome;
}

async function testSession(
  target: RemoteTarget,
  { session, serverName, hasTools }: Opened,
  sender: Sender,
): Promise<TokenTestOutcome> {
  const notification = initializedNotification(target, session);
  const notified = await sender.send('notifications/initialized', notification);
  const failure =
    notified.kind === 'decided'
      ? notified.outcome
      : judgeStatus(notified.exchange, notified.context);
  if (failure !== undefined) {
    return failure;
  }
  const list = toolsListRequest(target, session);
  const listed = await sender.send('tools/list', list, { answerTo: toolsListId });
  if (listed.kind === 'decided') {
    return listed.outcome;
  }
  const judged = judgeRequest(listed.exchange, toolsListId, listed.context);
  if (judged.kind === 'failed' && (hasTools || !isMethodUnknown(judged.outcome))) {
    return judged.outcome;
  }
  return {
    kind: 'accepted',
    serverName: serverName === undefined ? undefined : sender.clean(serverName),
    protocolVersion: session.protocolVersion,
    ...countTools(judged.kind === 'passed' ? judged.result : {}),
  };
}

/** A server that announced no tools may not know the method: that says nothing about access. */
function isMethodUnknown(outcome: TokenTestOutcome): boolean {
  return outcome.kind === 'rpc-error' && outcome.code === -32601;
}
