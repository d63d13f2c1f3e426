import { oneLine } from '../core/base/text';

/** Tells the person at the terminal, beside the report, one sentence. */
export function say(sentence: string): void {
  process.stderr.write(`mcp-auth: ${oneLine(sentence, 1000)}\n`);
}
