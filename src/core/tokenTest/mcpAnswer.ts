import { createEventStreamReader } from './eventStream';
import { headerValue, type HttpExchange } from './httpExchange';

export type JsonObject = Readonly<Record<string, unknown>>;

/** The answer to one JSON-RPC request, as far as there is one. */
export type McpAnswer =
  | { readonly kind: 'result'; readonly result: JsonObject }
  | { readonly kind: 'error'; readonly code: number; readonly message: string }
  | { readonly kind: 'none'; readonly flaw: McpAnswerFlaw };

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
    ? readMessages(body, id)
    : none({ kind: 'content-type', contentType });
}

/**
 * Watches the pieces of an event stream for the response to request `id`: a server may keep the
 * stream open behind it. A body of another kind is never stopped.
 */
export function createAnswerWatcher(id: number): (part: string) => 'continue' | 'stop' {
  const reader = createEventStreamReader();
  return (part) =>
    reader.read(part).some((data) => isAnswer(readMessages(data, id))) ? 'stop' : 'continue';
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

function mediaType(exchange: HttpExchange): string {
  const [type = ''] = (headerValue(exchange, 'content-type') ?? '').split(';');
  return type.trim().toLowerCase();
}

function firstAnswer(events: readonly string[], id: number): McpAnswer {
  const answers = events.map((data) => readMessages(data, id));
  const broken = answers.find(
    (answer) => answer.kind === 'none' && answer.flaw.kind === 'broken-json',
  );
  return answers.find(isAnswer) ?? broken ?? none({ kind: 'no-response' });
}

/** A message or a batch of messages. */
function readMessages(text: string, id: number): McpAnswer {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return none({ kind: 'broken-json' });
  }
  const messages: readonly unknown[] = Array.isArray(json) ? json : [json];
  return (
    messages.map((message) => readMessage(message, id)).find((answer) => answer !== undefined) ??
    none({ kind: 'no-response' })
  );
}

function readMessage(message: unknown, id: number): McpAnswer | undefined {
  if (!isObject(message)) {
    return undefined;
  }
  if (message['id'] === id && isObject(message['result'])) {
    return { kind: 'result', result: message['result'] };
  }
  // A server that refuses before it has read the request answers with the id null, or with none.
  const { id: answered, error } = message;
  if ((answered === id || answered === null || answered === undefined) && isObject(error)) {
    const { code, message: text } = error;
    return {
      kind: 'error',
      code: typeof code === 'number' ? code : 0,
      message: typeof text === 'string' ? text : '',
    };
  }
  return undefined;
}

function isAnswer(answer: McpAnswer): boolean {
  return answer.kind !== 'none';
}

function none(flaw: McpAnswerFlaw): McpAnswer {
  return { kind: 'none', flaw };
}

/** Narrows to a JSON object; arrays are none. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
