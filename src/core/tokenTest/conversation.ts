import { assertNever } from '../base/assertNever';
import { oneLine } from '../base/text';
import { answerRequests } from './answerRequests';
import { askForTools, type Ask } from './askForTools';
import type { Judgement } from './judgeExchange';
import { readMessages, readUnassignedError, type FoundAnswer } from './mcpAnswer';
import { readInitializeResult } from './mcpSession';
import type { ChannelEnd, MessageChannel } from './messageChannel';
import type { MessageRecorder } from './messageRecorder';
import { initializedMessage, initializeMessage, type RpcRequest } from './mcpMessages';
import { remarkOnStray, withRemarks, type Remark } from './remarks';
import type { TokenTestOptions } from './tokenTestOptions';
import type { StepName, TokenTestOutcome } from './tokenTestOutcome';

/** Messages over a channel, and what is particular to it. */
export interface OpenConversation {
  readonly channel: MessageChannel;
  readonly over: 'socket' | 'process';
  readonly recorder: MessageRecorder;
  /** What is known before the first message. */
  readonly remarks: readonly Remark[];
  /** What it comes to that the channel ended before `step` was answered. */
  judgeEnd(step: StepName, end: ChannelEnd): TokenTestOutcome | Promise<TokenTestOutcome>;
}

/**
 * Sends `initialize`, its notification and `tools/list`, one after the other. Messages that are no
 * JSON are passed over, as by Claude Code; whoever opened the channel closes it.
 */
export async function converse(
  conversation: OpenConversation,
  options: TokenTestOptions = {},
): Promise<TokenTestOutcome> {
  const { channel, over, recorder, remarks } = conversation;
  const stray: { count: number; first: string | undefined } = { count: 0, first: undefined };

  const ask: Ask = async (message) => {
    const { id, method: step } = message;
    const record = send(conversation, message);
    let unassigned: { readonly answer: FoundAnswer; readonly text: string } | undefined;
    for (;;) {
      const event = await channel.receive();
      if (event.kind === 'ended') {
        const { end } = event;
        if (unassigned !== undefined && (end.kind === 'closed' || end.kind === 'timeout')) {
          record(unassigned.text);
          return judge(unassigned.answer, step, conversation);
        }
        record(describeEnd(end));
        return { kind: 'failed', outcome: await conversation.judgeEnd(step, end) };
      }
      const answer = readMessages(event.text, id);
      if (answer.kind !== 'none') {
        record(event.text);
        return judge(answer, step, conversation);
      }
      if (answer.flaw.kind === 'broken-json') {
        stray.count++;
        stray.first ??= event.text;
      } else {
        answerRequests(event.text).forEach((text) => channel.answer(text));
        const error = readUnassignedError(event.text);
        unassigned ??= error && { answer: error, text: event.text };
      }
    }
  };

  const outcome = await initializeAndList(ask, conversation, options);
  return withRemarks(outcome, [...remarks, ...remarkOnStray(stray, over, recorder)]);
}

async function initializeAndList(
  ask: Ask,
  { channel, recorder }: OpenConversation,
  options: TokenTestOptions,
): Promise<TokenTestOutcome> {
  const answered = await ask(initializeMessage);
  if (answered.kind === 'failed') {
    return answered.outcome;
  }
  const opened = readInitializeResult(answered.result, undefined, recorder.values);
  if (opened.kind === 'flawed') {
    return { kind: 'not-mcp', step: initializeMessage.method, flaw: opened.flaw };
  }
  const notification = JSON.stringify(initializedMessage);
  const record = recorder.begin(initializedMessage.method, notification);
  channel.send(notification);
  record('Sent; no answer is due.');
  const { session, ...identity } = opened;
  const opening = { protocolVersion: session.protocolVersion };
  return askForTools(ask, identity, opening, options, recorder.values);
}

/** The function that it gives back records what came for it. */
function send(
  { channel, recorder }: OpenConversation,
  message: RpcRequest,
): (received: string) => void {
  const sent = JSON.stringify(message);
  const record = recorder.begin(message.method, sent);
  channel.send(sent);
  return record;
}

function judge(
  answer: FoundAnswer,
  step: StepName,
  { over, recorder }: OpenConversation,
): Judgement {
  if (answer.kind === 'result') {
    return { kind: 'passed', result: answer.result };
  }
  const { code } = answer;
  const message = oneLine(recorder.text(answer.message)).trim();
  return { kind: 'failed', outcome: { kind: 'rpc-error', step, code, message, over } };
}

/** For the report, in the place of an answer. */
function describeEnd(end: ChannelEnd): string {
  switch (end.kind) {
    case 'not-opened':
      return `Not opened: ${end.code}.`;
    case 'closed':
      return `Closed before an answer came: ${end.signal ?? end.code ?? 'no code'}.`;
    case 'timeout':
      return 'No answer came in time.';
    case 'too-large':
      return 'More than 1 MiB or 10,000 messages came before the answer.';
    case 'cancelled':
      return 'The test was stopped.';
    default:
      return assertNever(end);
  }
}
