import { oneLine } from '../base/text';
import { foreign, judgeStatus, judgeTransfer } from './judgeExchange';
import { bringsUserInfo } from './userInfo';
import { isEventStream, isHtml, mediaType, readMcpAnswer } from './mcpAnswer';
import type { RpcRequest } from './mcpMessages';
import type { Exchanged } from './sender';
import type { StepName, StreamFlaw, TokenTestOutcome } from './tokenTestOutcome';

const maxEndpointLength = 4096;

/**
 * The data of the event `endpoint` as an address of the same origin as `url`, to which alone a
 * credential goes; `clean` takes the credentials out of what is shown of another one.
 */
export function readEndpoint(
  url: string,
  data: string,
  clean: (text: string) => string,
): string | StreamFlaw {
  if (data.length > maxEndpointLength || !URL.canParse(data, url)) {
    return { kind: 'endpoint-unreadable' };
  }
  const endpoint = new URL(data, url);
  endpoint.hash = '';
  const { protocol, host, href } = endpoint;
  const from = new URL(url);
  if (bringsUserInfo(endpoint, from)) {
    return { kind: 'endpoint-unreadable' };
  }
  // The origin of a `blob:` is that of the address within.
  return endpoint.origin === from.origin && protocol === from.protocol
    ? href
    : { kind: 'endpoint-elsewhere', endpoint: oneLine(clean(`${protocol}//${host}`), 100) };
}

/** The answer to a GET that is over before it named an endpoint. */
export function judgeWithoutEndpoint(sent: Exchanged): TokenTestOutcome {
  const { exchange, context } = sent;
  const { step } = context;
  const refused = judgeStatus(exchange, context);
  if (refused !== undefined) {
    return refused;
  }
  if (isHtml(exchange)) {
    return { kind: 'not-mcp', step, flaw: { kind: 'html' } };
  }
  if (!isEventStream(exchange)) {
    const contentType = foreign(mediaType(exchange), context);
    return { kind: 'not-mcp', step, flaw: { kind: 'content-type', contentType } };
  }
  return judgeCut(sent, step, (isClosed) => ({ kind: 'no-endpoint', isClosed }));
}

/** A stream that is over, while the answer to a message that was taken has not come on it. */
export function judgeSilence(
  stream: Exchanged,
  posted: Exchanged,
  { id, method }: RpcRequest,
): TokenTestOutcome {
  const isInPost = readMcpAnswer(posted.exchange, id).kind !== 'none';
  return judgeCut(stream, method, (isClosed) => ({ kind: 'no-answer', isClosed, isInPost }));
}

/** Too long or broken off is a failure of its own; to end, or to go on in silence, is a flaw. */
function judgeCut(
  { exchange, context }: Exchanged,
  step: StepName,
  flaw: (isClosed: boolean) => StreamFlaw,
): TokenTestOutcome {
  const failure = judgeTransfer(exchange, { ...context, step });
  const isSilent = failure?.kind === 'unreachable' && failure.cause === 'timeout';
  return failure === undefined || isSilent
    ? { kind: 'broken-stream', step, flaw: flaw(!isSilent) }
    : failure;
}
