import { isObject, stringsIn, type JsonObject } from '../base/jsonObject';
import { createEventStreamReader, type ServerSentEvent } from './eventStream';
import { headerValue, type HttpExchange, type ResponseHead } from './httpExchange';

/** The answer to one JSON-RPC request, as far as there is one. */
export type McpAnswer =
  | { readonly kind: 'result'; readonly result: JsonObject }
  | {
      readonly kind: 'error';
      readonly code: number;
      readonly message: string;
      /** The protocol versions that a server names which refuses the one it was offered. */
      readonly supported?: readonly string[];
    }
  | { readonly kind: 'none'; readonly flaw: McpAnswerFlaw };

export type FoundAnswer = Exclude<McpAnswer, { kind: 'none' }>;

/** Why a body holds no answer. */
export type McpAnswerFlaw =
  | { readonly kind: 'empty' }
  | { readonly kind: 'html' }
  | { readonly kind: 'compressed'; readonly encoding: string }
  | { readonly kind: 'content-type'; readonly contentType: string }
  | { readonly kind: 'broken-json' }
  | { readonly kind: 'no-response' };

/** Finds the response to request `id` in a JSON body or an event stream. */
export function readMcpAnswer(exchange: HttpExchange, id: number): McpAnswer {
  const contentType = mediaType(exchange);
  const encoding = contentEncoding(exchange);
  if (encoding !== undefined) {
    return none({ kind: 'compressed', encoding });
  }
  const body = exchange.body.replace(/^\ufeff/, '');
  if (contentType === 'text/event-stream') {
    return firstAnswer(createEventStreamReader().read(body), id);
  }
  if (body.trim() === '') {
    return none({ kind: 'empty' });
  }
  if (isHtml(exchange)) {
    return none({ kind: 'html' });
  }
  return contentType === 'application/json'
    ? readBody(body, id)
    : none({ kind: 'content-type', contentType });
}

/**
 * Watches the pieces of an event stream for the response to request `id`: a server may keep the
 * stream open behind it. A body of another kind is never stopped.
 */
export function createAnswerWatcher(id: number): (part: string) => 'continue' | 'stop' {
  const reader = createEventStreamReader();
  return (part) =>
    reader.read(part).some((event) => readEvent(event, id) !== undefined) ? 'stop' : 'continue';
}

/** The response to request `id` in an event of a stream. */
export function readEvent(event: ServerSentEvent, id: number): FoundAnswer | undefined {
  const answer = readEventData(event, id);
  return answer.kind === 'none' ? undefined : answer;
}

/** Whether the body is a page for people, by its type or, lacking one, by its beginning. */
export function isHtml(exchange: HttpExchange): boolean {
  return (
    mediaType(exchange) === 'text/html' || /^\s*<(?:!doctype html|html)\b/i.test(exchange.body)
  );
}

/** How the body is compressed, though nobody asked for it: then there is nothing to read in it. */
export function contentEncoding(exchange: HttpExchange): string | undefined {
  const encoding = (headerValue(exchange, 'content-encoding') ?? '').trim().toLowerCase();
  return encoding === '' || encoding === 'identity' || exchange.body === '' ? undefined : encoding;
}

/** Whether the answer is an event stream, as far as its head tells. */
export function isEventStream(head: ResponseHead): boolean {
  const { status = 0 } = head;
  return status >= 200 && status < 300 && mediaType(head) === 'text/event-stream';
}

/** The content type without parameters, in lower case; empty without one. */
export function mediaType(exchange: ResponseHead): string {
  const [type = ''] = (headerValue(exchange, 'content-type') ?? '').split(';');
  return type.trim().toLowerCase();
}

function firstAnswer(events: readonly ServerSentEvent[], id: number): McpAnswer {
  const answers = events.map((event) => readEventData(event, id));
  const broken = answers.find(
    (answer) => answer.kind === 'none' && answer.flaw.kind === 'broken-json',
  );
  return (
    answers.find(({ kind }) => kind !== 'none') ??
    events.map(readUnassignedEvent).find((answer) => answer !== undefined) ??
    broken ??
    none({ kind: 'no-response' })
  );
}

/** Events of another name are none of the protocol's, and no client reads them. */
function readEventData({ name, data }: ServerSentEvent, id: number): McpAnswer {
  return name === 'message' ? readResponse(data, id) : none({ kind: 'no-response' });
}

/**
 * Finds the response to request `id` in a line of a channel: a message or a batch of messages. JSON
 * that is no message counts as broken; logs look like that.
 */
export function readMessages(text: string, id: number): McpAnswer {
  const answer = readResponse(text, id);
  return answer.kind === 'none' && !(parseMessages(text) ?? []).some(isMessage)
    ? none({ kind: 'broken-json' })
    : answer;
}

/**
 * An error that names no request, which a server sends that refuses before it has read one. Where
 * more may come it counts only when nothing else came. @see JSON-RPC 2.0 §5
 */
export function readUnassignedError(text: string): FoundAnswer | undefined {
  const errors = (parseMessages(text) ?? []).filter(
    (message) => isObject(message) && message['jsonrpc'] === '2.0',
  );
  return findFound(errors, readErrorWithoutId);
}

/** The same in an event of a stream. */
export function readUnassignedEvent({ name, data }: ServerSentEvent): FoundAnswer | undefined {
  return name === 'message' ? readUnassignedError(data) : undefined;
}

/** The whole answer: nothing else comes, and an error without an id is for this request. */
function readBody(text: string, id: number): McpAnswer {
  const answer = readResponse(text, id);
  return answer.kind === 'none'
    ? (findFound(parseMessages(text) ?? [], readErrorWithoutId) ?? answer)
    : answer;
}

function readResponse(text: string, id: number): McpAnswer {
  const messages = parseMessages(text);
  return messages === undefined
    ? none({ kind: 'broken-json' })
    : (findFound(messages, (message) => readMessage(message, id)) ?? none({ kind: 'no-response' }));
}

/** A message or those of a batch; undefined for what is no JSON. */
export function parseMessages(text: string): readonly unknown[] | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  return Array.isArray(json) ? json : [json];
}

function findFound(
  messages: readonly unknown[],
  read: (message: unknown) => FoundAnswer | undefined,
): FoundAnswer | undefined {
  return messages.map(read).find((answer) => answer !== undefined);
}

/** Some servers leave `jsonrpc` out; then the rest has to look like a message. */
function isMessage(message: unknown): boolean {
  return (
    isObject(message) &&
    (message['jsonrpc'] === '2.0' ||
      typeof message['method'] === 'string' ||
      (message['id'] !== undefined && (isObject(message['result']) || isObject(message['error']))))
  );
}

function readMessage(message: unknown, id: number): FoundAnswer | undefined {
  // Some servers give the id back as a string; Claude Code takes it.
  if (!isObject(message) || (message['id'] !== id && message['id'] !== String(id))) {
    return undefined;
  }
  const { result } = message;
  return isObject(result) ? { kind: 'result', result } : readError(message);
}

function readErrorWithoutId(message: unknown): FoundAnswer | undefined {
  return isObject(message) && (message['id'] === null || message['id'] === undefined)
    ? readError(message)
    : undefined;
}

function readError({ error }: JsonObject): FoundAnswer | undefined {
  if (!isObject(error)) {
    return undefined;
  }
  const { code, message, data } = error;
  const supported = isObject(data) ? stringsIn(data['supported']) : [];
  return {
    kind: 'error',
    code: typeof code === 'number' ? code : 0,
    message: typeof message === 'string' ? message : '',
    ...(supported.length > 0 && { supported }),
  };
}

function none(flaw: McpAnswerFlaw): McpAnswer {
  return { kind: 'none', flaw };
}
