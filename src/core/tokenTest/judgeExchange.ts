import { oneLine } from '../base/text';
import { challengeParam, parseChallenges, type AuthChallenge } from '../base/wwwAuthenticate';
import { describeCredential, findBadBasic } from './credentials';
import { readClockAhead } from './httpDate';
import { headerValue, headerValues, type HttpExchange } from './httpExchange';
import { findIntermediary } from './intermediary';
import { isObject, type JsonObject } from '../base/jsonObject';
import {
  contentEncoding,
  isHtml,
  readMcpAnswer,
  type FoundAnswer,
  type McpAnswerFlaw,
} from './mcpAnswer';
import { judgeRedirect } from './judgeRedirect';
import type { Redactor } from './redaction';
import { explainRejection, offeredSchemes, type ResourceMetadata } from './rejection';
import { readToken } from './tokenReading';
import type { StepName, TokenTestOutcome } from './tokenTestOutcome';
import type { RemoteTarget } from './tokenTestTarget';
import { classifyCurlExit, isHeadTooLarge } from './unreachable';

/** What an exchange is judged by, besides itself. */
export interface JudgeContext {
  readonly target: RemoteTarget;
  readonly redactor: Redactor;
  readonly step: StepName;
  /** The steps that the server had answered before. */
  readonly passed?: readonly StepName[];
  /** When the head of the answer had come, in epoch milliseconds. */
  readonly now: number;
  /** Whether a proxy stands in between; absent where that is not known. */
  readonly hasProxy?: boolean;
}

/** The answer to a step, or the outcome of the whole test that the lack of one decides. */
export type Judgement =
  | { readonly kind: 'passed'; readonly result: JsonObject }
  | { readonly kind: 'failed'; readonly outcome: TokenTestOutcome };

/** Judges the exchange of a request: passed is what holds a result for `id`. */
export function judgeRequest(exchange: HttpExchange, id: number, context: JudgeContext): Judgement {
  const outcome = judgeStatus(exchange, context);
  if (outcome !== undefined) {
    return { kind: 'failed', outcome };
  }
  const { step } = context;
  const answer = readMcpAnswer(exchange, id);
  switch (answer.kind) {
    case 'result':
    case 'error':
      return judgeAnswer(answer, context);
    case 'none':
      return failed(
        judgeTransfer(exchange, context) ??
          judgeIntermediary(exchange, context) ?? {
            kind: 'not-mcp',
            step,
            flaw: cleanFlaw(answer.flaw, context),
          },
      );
  }
}

/** Judges an answer that was found, wherever it came from. */
export function judgeAnswer(answer: FoundAnswer, context: JudgeContext): Judgement {
  if (answer.kind === 'result') {
    return { kind: 'passed', result: answer.result };
  }
  const { code } = answer;
  const message = foreign(answer.message, context);
  return failed({ kind: 'rpc-error', step: context.step, code, message });
}

/** What the status alone decides; `undefined` for 2xx, with which a notification has passed. */
export function judgeStatus(
  exchange: HttpExchange,
  context: JudgeContext,
): TokenTestOutcome | undefined {
  const { status } = exchange;
  const { step, target } = context;
  if (status === undefined) {
    return judgeTransfer(exchange, context) ?? unreachable(exchange, context);
  }
  if (status >= 200 && status < 300) {
    return undefined;
  }
  const byOther = judgeIntermediary(exchange, context);
  if (byOther !== undefined) {
    return byOther;
  }
  if (status >= 300 && status < 400) {
    const location = headerValue(exchange, 'location');
    return judgeRedirect({ status, location, target, clean: (text) => foreign(text, context) });
  }
  if (status >= 500) {
    return { kind: 'server-error', status, step, detail: readDetail(exchange, context) };
  }
  if (status === 407 && context.hasProxy !== false) {
    return unreachable(exchange, context);
  }
  switch (status) {
    case 401:
      return judgeRejection(exchange, context);
    case 403: {
      const held = readToken(target, context.now)?.scopes?.map((scope) => foreign(scope, context));
      return {
        kind: 'forbidden',
        status,
        step,
        scopeNeeded: readScopeNeeded(exchange, context),
        ...(held !== undefined && { scopesHeld: held }),
        detail: readDetail(exchange, context),
        credential: describeCredential(target),
      };
    }
    case 429: {
      const retryAfter = headerValue(exchange, 'retry-after');
      const shown = retryAfter === undefined ? undefined : foreign(retryAfter, context);
      return { kind: 'rate-limited', status, step, retryAfter: shown };
    }
    default:
      return { kind: 'wrong-endpoint', status, step, detail: readDetail(exchange, context) };
  }
}

/**
 * What becomes of the outcome of a request behind `initialize`, whose path is known to be right:
 * 404 ends a session, and so does the 400 of many servers where there is one.
 * @see Model Context Protocol 2025-11-25, Streamable HTTP, Session Management
 */
export function judgeInSession(outcome: TokenTestOutcome, hasSession: boolean): TokenTestOutcome {
  if (outcome.kind !== 'wrong-endpoint') {
    return outcome;
  }
  const { status, step, detail } = outcome;
  return status === 404 || (status === 400 && hasSession)
    ? { kind: 'session-lost', status, step, detail }
    : outcome;
}

/** An answer that did not arrive whole. */
export function judgeTransfer(
  exchange: HttpExchange,
  context: JudgeContext,
): TokenTestOutcome | undefined {
  const { bodyTruncated, status, curlExitCode, curlMessage } = exchange;
  const { step } = context;
  if (isHeadTooLarge(curlExitCode, curlMessage) || (bodyTruncated && status === undefined)) {
    return { kind: 'too-large', step, part: 'head' };
  }
  if (bodyTruncated) {
    return { kind: 'too-large', step };
  }
  return curlExitCode === 0 ? undefined : unreachable(exchange, context);
}

function unreachable(exchange: HttpExchange, context: JudgeContext): TokenTestOutcome {
  const { status, curlExitCode, curlMessage } = exchange;
  return {
    kind: 'unreachable',
    step: context.step,
    ...passedBefore(context),
    cause: status === 407 ? 'proxy' : classifyCurlExit(curlExitCode, curlMessage),
    host: new URL(context.target.url).host,
    detail: foreign(curlMessage, context),
  };
}

function judgeIntermediary(
  exchange: HttpExchange,
  { step }: JudgeContext,
): TokenTestOutcome | undefined {
  const found = findIntermediary(exchange);
  const { status = 0 } = exchange;
  return (
    found && {
      kind: found.by === 'proxy' ? 'proxy-page' : 'firewall',
      status,
      step,
      product: found.product,
    }
  );
}

/** An answer of 401; `metadata` is what the server says about its authorization servers. */
export function judgeRejection(
  exchange: HttpExchange,
  context: JudgeContext,
  metadata?: ResourceMetadata,
): TokenTestOutcome {
  const { target, step, now } = context;
  const challenges = challengesOf(exchange, context);
  const credential = describeCredential(target);
  const clockAheadMs = readClockAhead(exchange, now);
  // The server decides by its own clock.
  const token = readToken(target, now - (clockAheadMs ?? 0));
  const clean = (text: string) => foreign(text, context);
  return {
    kind: 'rejected',
    status: 401,
    step,
    ...passedBefore(context),
    reason: explainRejection({
      credential,
      challenges,
      token,
      badBasic: findBadBasic(target),
      url: target.url,
      metadata,
      foreign: clean,
    }),
    credential,
    offeredSchemes: offeredSchemes(challenges, clean),
    ...(clockAheadMs !== undefined && { clockAheadMs }),
  };
}

function passedBefore({ passed = [] }: JudgeContext): { passed?: readonly StepName[] } {
  return passed.length === 0 ? {} : { passed };
}

function cleanFlaw(flaw: McpAnswerFlaw, context: JudgeContext): McpAnswerFlaw {
  switch (flaw.kind) {
    case 'content-type':
      return { ...flaw, contentType: foreign(flaw.contentType, context) };
    case 'compressed':
      return { ...flaw, encoding: foreign(flaw.encoding, context) };
    default:
      return flaw;
  }
}

/** @see RFC 6750 §3.1 */
function readScopeNeeded(exchange: HttpExchange, context: JudgeContext): string | undefined {
  const challenges = challengesOf(exchange, context);
  const scope = challengeParam(challenges, 'scope');
  return scope === undefined ? undefined : foreign(scope, context);
}

/** What the body says in a sentence: a JSON error in one of its usual places, or short text. */
export function readDetail(exchange: HttpExchange, context: JudgeContext): string | undefined {
  const isText = !isHtml(exchange) && contentEncoding(exchange) === undefined;
  const text = isText ? findMessage(exchange.body) : undefined;
  return text === undefined || text.trim() === '' ? undefined : foreign(text, context);
}

function findMessage(body: string): string | undefined {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return body;
  }
  if (!isObject(json)) {
    return undefined;
  }
  const { error } = json;
  const candidates = isObject(error)
    ? [error['message']]
    : [json['error_description'], json['message'], json['detail'], error];
  return candidates.find((text) => typeof text === 'string');
}

/** Text of the server as an outcome holds it: one line, limited, without credentials. */
export function foreign(text: string, { redactor }: Pick<JudgeContext, 'redactor'>): string {
  return oneLine(redactor.text(text)).trim();
}

function failed(outcome: TokenTestOutcome): Judgement {
  return { kind: 'failed', outcome };
}

/** Covered before they are read: a value with quotes in it would be cut, and its rest not be known. */
function challengesOf(
  exchange: HttpExchange,
  { redactor }: JudgeContext,
): readonly AuthChallenge[] {
  return parseChallenges(headerValues(exchange, 'www-authenticate').map(redactor.values));
}
