import { answerRequests } from '../answerRequests';
import { askForTools, type Ask } from '../askForTools';
import { judgeSilence, judgeWithoutEndpoint, readEndpoint } from '../judgeEventStream';
import { judgeAnswer, judgeInSession, judgeStatus, type Judgement } from '../judgeExchange';
import { readEvent, readUnassignedEvent, type FoundAnswer } from '../mcpAnswer';
import {
  initializeMessage,
  initializedMessage,
  type RpcMessage,
  type RpcRequest,
} from '../mcpMessages';
import { readInitializeResult } from '../mcpSession';
import type { Exchanged, OpenStream, Sender, Sent } from '../sender';
import type { TokenTestOptions } from '../tokenTestOptions';
import type { TokenTestOutcome } from '../tokenTestOutcome';
import {
  endpointRequest,
  eventStreamRequest,
  requestUrl,
  type McpSession,
} from '../tokenTestRequest';
import type { RemoteTarget } from '../tokenTestTarget';
import { findStreamableHttp } from './otherForms';

/**
 * The older transport: a GET opens an event stream, its event `endpoint` says where messages are
 * POSTed to, and their answers arrive on the stream, which is ended on every way out.
 * @see Model Context Protocol 2024-11-05, Transports, HTTP with SSE
 */
export async function testSse(
  target: RemoteTarget,
  sender: Sender,
  options: TokenTestOptions,
): Promise<TokenTestOutcome> {
  const step = 'event stream';
  const stream = sender.open(step, eventStreamRequest(target));
  try {
    const named = await nextNamed(stream, 'endpoint');
    if (named === undefined) {
      const outcome = outcomeOf(await stream.end(), judgeWithoutEndpoint);
      return (await findStreamableHttp(target, sender, outcome)) ?? outcome;
    }
    const endpoint = readEndpoint(requestUrl(target), named, sender.clean);
    return typeof endpoint === 'string'
      ? await testOverStream({ target, sender, stream, endpoint, answered: 0 }, options)
      : { kind: 'broken-stream', step, flaw: endpoint };
  } finally {
    await stream.end();
  }
}

interface OpenEndpoint {
  readonly target: RemoteTarget;
  readonly sender: Sender;
  readonly stream: OpenStream;
  /** An address of the server's own origin. */
  readonly endpoint: string;
  /** How many requests of the server were answered. */
  answered: number;
}

/** Each answer is a request of its own: a server does not get them without end. */
const maxAnswers = 10;

async function testOverStream(
  open: OpenEndpoint,
  options: TokenTestOptions,
): Promise<TokenTestOutcome> {
  const answered = await askOverStream(open, undefined, initializeMessage);
  if (answered.kind === 'failed') {
    return answered.outcome;
  }
  // This transport has no session ids: the address that the stream named stands for one.
  const opened = readInitializeResult(answered.result, undefined, open.sender.clean);
  if (opened.kind === 'flawed') {
    return { kind: 'not-mcp', step: initializeMessage.method, flaw: opened.flaw };
  }
  const { session, ...identity } = opened;
  const notified = await postMessage(open, session, initializedMessage);
  if (notified.kind === 'decided') {
    return notified.outcome;
  }
  const ask: Ask = (request) => askOverStream(open, session, request);
  return askForTools(
    ask,
    identity,
    { protocolVersion: session.protocolVersion },
    options,
    open.sender.clean,
  );
}

/** POSTs a request, and waits on the stream for its answer. */
async function askOverStream(
  open: OpenEndpoint,
  session: McpSession | undefined,
  request: RpcRequest,
): Promise<Judgement> {
  const posted = await postMessage(open, session, request);
  if (posted.kind === 'decided') {
    return { kind: 'failed', outcome: posted.outcome };
  }
  let unassigned: FoundAnswer | undefined;
  for (;;) {
    const event = await open.stream.next();
    if (event === undefined) {
      const ended = await open.stream.end();
      const judge = (stream: Exchanged) => judgeSilence(stream, posted, request);
      const outcome = outcomeOf(ended, judge);
      return unassigned !== undefined && outcome.kind === 'broken-stream'
        ? judgeAnswer(unassigned, posted.context)
        : { kind: 'failed', outcome };
    }
    const answer = readEvent(event, request.id);
    if (answer !== undefined) {
      return judgeAnswer(answer, posted.context);
    }
    unassigned ??= readUnassignedEvent(event);
    if (event.name === 'message') {
      await answerOverStream(open, session, event.data);
    }
  }
}

/** What becomes of an answer decides nothing: the server that asked may still answer itself, or not. */
async function answerOverStream(
  open: OpenEndpoint,
  session: McpSession | undefined,
  text: string,
): Promise<void> {
  const { target, sender, endpoint } = open;
  for (const answer of answerRequests(text)) {
    if (open.answered < maxAnswers) {
      open.answered++;
      const spec = endpointRequest(target, endpoint, session, answer);
      await sender.send('answer', spec, { isNotification: true });
    }
  }
}

/** Decided is what the status of the POST fails. */
async function postMessage(
  { target, sender, endpoint }: OpenEndpoint,
  session: McpSession | undefined,
  message: RpcMessage,
): Promise<Sent> {
  const { id, method } = message;
  const spec = endpointRequest(target, endpoint, session, message);
  const options = id === undefined ? { isNotification: true } : { answerTo: id };
  const sent = await sender.send(method, spec, options);
  const failure =
    sent.kind === 'exchange' ? judgeStatus(sent.exchange, sent.context) : sent.outcome;
  if (failure === undefined) {
    return sent;
  }
  // The endpoint stands for the session; before initialize it may still be a wrong address.
  return { kind: 'decided', outcome: session ? judgeInSession(failure, true) : failure };
}

function outcomeOf(sent: Sent, judge: (sent: Exchanged) => TokenTestOutcome): TokenTestOutcome {
  return sent.kind === 'decided' ? sent.outcome : judge(sent);
}

/** The data of the next event of that name; undefined where the stream ends before. */
async function nextNamed(stream: OpenStream, wanted: string): Promise<string | undefined> {
  for (;;) {
    const event = await stream.next();
    if (event === undefined || event.name === wanted) {
      return event?.data;
    }
  }
}
