import { askForTools, type Ask } from '../askForTools';
import { judgeInSession, judgeRequest, judgeStatus } from '../judgeExchange';
import { initializeMessage, initializedMessage } from '../mcpMessages';
import { openSession, type OpenedSession } from '../mcpSession';
import type { Sender } from '../sender';
import type { TokenTestOptions } from '../tokenTestOptions';
import type { TokenTestOutcome } from '../tokenTestOutcome';
import { initializeRequest, sessionRequest } from '../tokenTestRequest';
import type { RemoteTarget } from '../tokenTestTarget';
import { endSession } from './endSession';
import { testOtherForm } from './otherForms';

type Opened = Extract<OpenedSession, { kind: 'opened' }>;

/**
 * Streamable HTTP: initialize, its notification, tools/list, and the end of the session. A server
 * that shows on `initialize` that it speaks MCP in another form is asked in that.
 */
export async function testHttp(
  target: RemoteTarget,
  sender: Sender,
  options: TokenTestOptions,
): Promise<TokenTestOutcome> {
  const step = 'initialize';
  const sent = await sender.send(step, initializeRequest(target), {
    answerTo: initializeMessage.id,
  });
  if (sent.kind === 'decided') {
    return sent.outcome;
  }
  const judged = judgeRequest(sent.exchange, initializeMessage.id, sent.context);
  if (judged.kind === 'failed') {
    return testOtherForm(target, sender, options, { ...sent, outcome: judged.outcome });
  }
  const opened = openSession(sent.exchange, judged.result, sender.clean);
  if (opened.kind === 'flawed') {
    return { kind: 'not-mcp', step, flaw: opened.flaw };
  }
  const outcome = await testSession(target, opened, sender, options);
  if (outcome.kind !== 'cancelled') {
    await endSession(target, opened.session, sender);
  }
  return outcome;
}

async function testSession(
  target: RemoteTarget,
  { session, ...identity }: Opened,
  sender: Sender,
  options: TokenTestOptions,
): Promise<TokenTestOutcome> {
  const notification = sessionRequest(target, session, initializedMessage);
  const notified = await sender.send(initializedMessage.method, notification, {
    isNotification: true,
  });
  const failure =
    notified.kind === 'decided'
      ? notified.outcome
      : judgeStatus(notified.exchange, notified.context);
  const hasSession = session.id !== undefined;
  if (failure !== undefined) {
    return judgeInSession(failure, hasSession);
  }
  const ask: Ask = async (request) => {
    const { id, method } = request;
    const asked = await sender.send(method, sessionRequest(target, session, request), {
      answerTo: id,
    });
    if (asked.kind === 'decided') {
      return { kind: 'failed', outcome: asked.outcome };
    }
    const judged = judgeRequest(asked.exchange, id, asked.context);
    return judged.kind === 'failed'
      ? { kind: 'failed', outcome: judgeInSession(judged.outcome, hasSession) }
      : judged;
  };
  return askForTools(
    ask,
    identity,
    { protocolVersion: session.protocolVersion },
    options,
    sender.clean,
  );
}
