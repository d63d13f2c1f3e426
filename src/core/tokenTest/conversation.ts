import { assertNever } from '../base/assertNever';
import { answerRequests } from './answerRequests';
import { readMessages, readUnassignedError, type FoundAnswer } from './mcpAnswer';
import { countTools, readInitializeResult } from './mcpSession';
import { collectTools, type ToolList } from './listedTools';
import type { ChannelEnd, MessageChannel } from './messageChannel';
import type { MessageRecorder } from './messageRecorder';
import {
  initializedMessage,
  initializeMessage,
  toolsListMessage,
  type RpcRequest,
} from './mcpMessages';
import type { TokenTestOptions } from './tokenTestOptions';
import type { StepName } from './tokenTestOutcome';

/** What came of the messages of a test over a channel. Its text is foreign and not cleaned. */
export interface Conversation {
  readonly result: ConversationResult;
  /** Messages that are no JSON, which Claude Code passes over. */
  readonly stray: StrayMessages;
}

export type ConversationResult =
  | {
      readonly kind: 'listed';
      readonly serverName: string | undefined;
      readonly protocolVersion: string;
      readonly toolCount: number;
      readonly hasMoreTools: boolean;
      readonly tools?: ToolList['tools'];
    }
  | {
      readonly kind: 'error';
      readonly step: StepName;
      readonly code: number;
      readonly message: string;
    }
  | { readonly kind: 'protocol-version'; readonly step: StepName }
  | { readonly kind: 'ended'; readonly step: StepName; readonly end: ChannelEnd };

export interface StrayMessages {
  readonly count: number;
  readonly first: string | undefined;
}

/** Sends `initialize`, its notification and `tools/list`, one after the other. */
export async function converse(
  channel: MessageChannel,
  recorder: MessageRecorder,
  { listTools = false }: Pick<TokenTestOptions, 'listTools'> = {},
): Promise<Conversation> {
  const stray: { count: number; first: string | undefined } = { count: 0, first: undefined };

  async function ask(message: RpcRequest) {
    const { id, method: step } = message;
    const sent = JSON.stringify(message);
    const record = recorder.begin(step, sent);
    channel.send(sent);
    let unassigned: { readonly answer: FoundAnswer; readonly text: string } | undefined;
    for (;;) {
      const event = await channel.receive();
      if (event.kind === 'ended') {
        const { kind } = event.end;
        if (unassigned?.answer.kind === 'error' && (kind === 'closed' || kind === 'timeout')) {
          record(unassigned.text);
          return { ...unassigned.answer, step } as const;
        }
        record(describeEnd(event.end));
        return { kind: 'ended', step, end: event.end } as const;
      }
      const answer = readMessages(event.text, id);
      if (answer.kind !== 'none') {
        record(event.text);
        return answer.kind === 'error' ? ({ ...answer, step } as const) : answer;
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
  }

  async function more(message: RpcRequest) {
    const answer = await ask(message);
    return answer.kind === 'result' ? answer.result : undefined;
  }

  async function run(): Promise<ConversationResult> {
    const step = 'initialize';
    const answer = await ask(initializeMessage);
    if (answer.kind !== 'result') {
      return answer;
    }
    const opened = readInitializeResult(answer.result, undefined, recorder.values);
    if (opened.kind === 'flawed') {
      return { kind: 'protocol-version', step };
    }
    const notification = JSON.stringify(initializedMessage);
    const record = recorder.begin('notifications/initialized', notification);
    channel.send(notification);
    record('Sent; no answer is due.');
    const { session, serverName, hasTools } = opened;
    const { protocolVersion } = session;
    const list = await ask(toolsListMessage);
    if (list.kind === 'result') {
      const counts = listTools
        ? await collectTools(list.result, more, recorder.values)
        : countTools(list.result);
      return { kind: 'listed', serverName, protocolVersion, ...counts };
    }
    // A server that announced no tools may not know the method: that says nothing about access.
    return list.kind === 'error' && list.code === methodNotFound && !hasTools
      ? { kind: 'listed', serverName, protocolVersion, ...countTools({}) }
      : list;
  }

  const result = await run();
  return { result, stray };
}

/** @see JSON-RPC 2.0 §5.1 */
const methodNotFound = -32601;

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
