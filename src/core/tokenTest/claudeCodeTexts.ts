/** What `claude mcp list` shows behind ` - `, and when it is this one of several. */
export interface ClaudeCodeReport {
  readonly text: string;
  /** As it stands in a sentence behind the text; undefined where there is one text only. */
  readonly when?: string;
}

export const failed = '✘ Failed to connect — ';

export const timedOut = failure('MCP server "…" connection timed out after 30000ms');

export function failure(reason: string): readonly ClaudeCodeReport[] {
  return one(failed + reason);
}

/** For a server that answered `initialize`. */
export function toolsFailed(detail: string): readonly ClaudeCodeReport[] {
  return one(`! Connected · tools fetch failed — ${detail}`);
}

export function one(text: string): readonly ClaudeCodeReport[] {
  return [{ text }];
}
