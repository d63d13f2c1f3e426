import { oneLine } from '../base/text';
import { describeCredential } from './credentials';
import { headerValue, headerValues, type HttpExchange } from './httpExchange';
import { isHtml, isObject, readMcpAnswer, type FoundAnswer, type JsonObject } from './mcpAnswer';
import type { Redactor } from './redaction';
import { explainRejection, offeredSchemes, type ResourceMetadata } from './rejection';
import { readToken } from './tokenReading';
import type { StepName, TokenTestOutcome } from './tokenTestOutcome';
import type { RemoteTarget } from './tokenTestTarget';
import { classifyCurlExit } from './unreachable';
import { challengeParam, parseChallenges } from './wwwAuthenticate';

/** What an exchange is judged by, besides itself. */
export interface JudgeContext {
  readonly target: RemoteTarget;
  readonly redactor: Redactor;
  readonly step: StepName;
  /** The steps that the server had answered before. */
  readonly passed?: readonly StepName[];
  /** Epoch milliseconds. */
  readonly now: number;
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
        judgeTransfer(exchange, context) ?? {
          kind: 'not-mcp',
          step,
          flaw:
            answer.flaw.kind === 'content-type'
              ? { ...answer.flaw, contentType: foreign(answer.flaw.contentType, context) }
              : answer.flaw,
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
  if (status >= 300 && status < 400) {
    const location = headerValue(exchange, 'location');
    const shown = location === undefined ? undefined : foreign(location, context);
    return { kind: 'redirected', status, location: shown };
  }
  if (status >= 500) {
    return { kind: 'server-error', status, step, detail: readDetail(exchange, context) };
  }
  switch (status) {
    case 401:
      return judgeRejection(exchange, context);
    case 403:
      return {
        kind: 'forbidden',
        status,
        step,
        scopeNeeded: readScopeNeeded(exchange, context),
        detail: readDetail(exchange, context),
        credential: describeCredential(target),
      };
    case 407:
      return unreachable(exchange, context);
    case 429: {
      const retryAfter = headerValue(exchange, 'retry-after');
      const shown = retryAfter === undefined ? undefined : foreign(retryAfter, context);
      return { kind: 'rate-limited', status, retryAfter: shown };
    }
    default:
      return { kind: 'wrong-endpoint', status, step, detail: readDetail(exchange, context) };
  }
}

/** An answer that did not arrive whole. */
export function judgeTransfer(
  exchange: HttpExchange,
  context: JudgeContext,
): TokenTestOutcome | undefined {
  if (exchange.bodyTruncated) {
    return { kind: 'too-large', step: context.step };
  }
  return exchange.curlExitCode === 0 ? undefined : unreachable(exchange, context);
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

/** An answer of 401; `metadata` is what the server says about its authorization servers. */
export function judgeRejection(
  exchange: HttpExchange,
  context: JudgeContext,
  metadata?: ResourceMetadata,
): TokenTestOutcome {
  const { target, step, now } = context;
  const challenges = parseChallenges(headerValues(exchange, 'www-authenticate'));
  const credential = describeCredential(target);
  const token = readToken(target, now);
  const { host } = new URL(target.url);
  const clean = (text: string) => foreign(text, context);
  return {
    kind: 'rejected',
    status: 401,
    step,
    ...passedBefore(context),
    reason: explainRejection({ credential, challenges, token, host, metadata, foreign: clean }),
    credential,
    offeredSchemes: offeredSchemes(challenges, clean),
  };
}

function passedBefore({ passed = [] }: JudgeContext): { passed?: readonly StepName[] } {
  return passed.length === 0 ? {} : { passed };
}

/** @see RFC 6750 §3.1 */
function readScopeNeeded(exchange: HttpExchange, context: JudgeContext): string | undefined {
  const challenges = parseChallenges(headerValues(exchange, 'www-authenticate'));
  const scope = challengeParam(challenges, 'scope');
  return scope === undefined ? undefined : foreign(scope, context);
}

/** What the body says in a sentence: a JSON error in one of its usual places, or short text. */
export function readDetail(exchange: HttpExchange, context: JudgeContext): string | undefined {
  const text = isHtml(exchange) ? undefined : findMessage(exchange.body);
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
