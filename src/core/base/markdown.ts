import { oneLine } from './text';

/** Foreign text on one line of Markdown, with nothing in it that means anything there. */
export function escapeMarkdown(text: string): string {
  return oneLine(text, 2000)
    .replace(/[\\`*_{}[\]()#+!<>|~&$@-]/g, '\\$&')
    .replace(/(\w)([:.])(?=\/\/|\w)/g, '$1\\$2');
}
