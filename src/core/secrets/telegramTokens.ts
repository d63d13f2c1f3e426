import { isPlaceholder } from './placeholders';
import type { Span } from './secretMatch';

// In an address the token stands behind `/bot`. No letter opens it, so no prefix finds it.
const token = /(?<=(?<![A-Za-z0-9_])(?:bot)?)(?<!\d)\d{8,10}:AA[\w-]{33}(?![\w-])/g;

/** What every token of Telegram holds, to be looked for first. */
export const telegramMark = ':AA';

/** @see https://core.telegram.org/bots/api#authorizing-your-bot */
export function* findTelegramTokens(value: string): Iterable<Span> {
  for (const { index, 0: text } of value.matchAll(token)) {
    if (!isPlaceholder(text.slice(text.indexOf(':') + 1))) {
      yield { start: index, end: index + text.length };
    }
  }
}
