import { oneLine } from '../base/text';
import { isObject, type JsonObject } from '../base/jsonObject';
import { nextToolsMessage, type RpcRequest } from './mcpMessages';

/** A tool as its server describes it. @see Model Context Protocol 2025-11-25, Tools */
export interface ListedTool {
  readonly name: string;
  /** One line of limited length, without a credential of the run. */
  readonly description: string | undefined;
  readonly readOnlyHint: boolean | undefined;
  readonly destructiveHint: boolean | undefined;
}

export interface ToolList {
  readonly tools: readonly ListedTool[];
  readonly toolCount: number;
  /** There are pages that did not come. */
  readonly hasMoreTools: boolean;
}

/** The most pages that are asked for: a server could go on for ever. */
const maxPages = 50;

/**
 * All tools from the first page on.
 * @param ask gives the result of a request, or `undefined` where it failed
 * @param clean takes the credentials of the run out of foreign text
 */
export async function collectTools(
  first: JsonObject,
  ask: (request: RpcRequest) => Promise<JsonObject | undefined>,
  clean: (text: string) => string,
): Promise<ToolList> {
  const tools = new Map(readTools(first, clean));
  const seen = new Set<string>();
  let cursor = first['nextCursor'];
  while (typeof cursor === 'string' && !seen.has(cursor) && seen.size < maxPages) {
    seen.add(cursor);
    const page = await ask(nextToolsMessage(cursor, seen.size));
    if (page === undefined) {
      break;
    }
    readTools(page, clean).forEach(([name, tool]) => tools.set(name, tool));
    cursor = page['nextCursor'];
  }
  return {
    tools: [...tools.values()],
    toolCount: tools.size,
    hasMoreTools: typeof cursor === 'string',
  };
}

/** Those with a name; one that holds a credential is no name to be written anywhere. */
function readTools(
  { tools }: JsonObject,
  clean: (text: string) => string,
): readonly (readonly [string, ListedTool])[] {
  const listed: readonly unknown[] = Array.isArray(tools) ? tools : [];
  return listed.filter(isObject).flatMap(({ name, description, annotations }) => {
    if (typeof name !== 'string' || !/^.{1,200}$/su.test(name) || clean(name) !== name) {
      return [];
    }
    const hints = isObject(annotations) ? annotations : {};
    const text = typeof description === 'string' ? oneLine(clean(description), 120).trim() : '';
    const tool = {
      name,
      description: text === '' ? undefined : text,
      readOnlyHint: asBoolean(hints['readOnlyHint']),
      destructiveHint: asBoolean(hints['destructiveHint']),
    };
    return [[name, tool] as const];
  });
}

function asBoolean(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}
