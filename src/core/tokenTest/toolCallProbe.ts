import type { Judgement } from './judgeExchange';
import { stringsIn, isObject } from '../base/jsonObject';
import { absentTool, methodNotFound } from './mcpMessages';
import { isAboutAccess } from './sentenceParts';
import type { ToolCallProbe } from './tokenTestOutcome';

/**
 * What the answer to the call of a tool that does not exist says about access.
 *
 * | answer                                         | reading   |
 * | ---------------------------------------------- | --------- |
 * | 401, 403, an error or a result about access    | protected |
 * | unknown tool or method, any other result       | open      |
 * | anything else                                  | unclear   |
 */
export function readToolCall(judged: Judgement): ToolCallProbe {
  if (judged.kind === 'passed') {
    const { isError, content } = judged.result;
    return isError === true && isAboutAccess(withoutName(textOf(content)))
      ? { kind: 'protected', status: undefined }
      : { kind: 'open' };
  }
  const { outcome } = judged;
  switch (outcome.kind) {
    case 'rejected':
    case 'forbidden':
      return { kind: 'protected', status: outcome.status };
    case 'rpc-error':
      if (isAboutAccess(withoutName(outcome.message))) {
        return { kind: 'protected', status: undefined };
      }
      return { kind: unknownCodes.includes(outcome.code) ? 'open' : 'unclear' };
    default:
      return { kind: 'unclear' };
  }
}

/** The first is invalid params. @see https://www.jsonrpc.org/specification#error_object */
const unknownCodes: readonly number[] = [-32602, methodNotFound];

/** The name that was asked for would look like a word about access. */
function withoutName(text: string): string {
  return text.replaceAll(absentTool, '');
}

function textOf(content: unknown): string {
  const items: readonly unknown[] = Array.isArray(content) ? content : [];
  return stringsIn(items.map((item) => (isObject(item) ? item['text'] : undefined))).join(' ');
}
