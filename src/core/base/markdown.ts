import { oneLine } from './text';

/** A code block that nothing in `text` can end. */
export function fence(text: string): string {
  const content = makeVisible(text.replace(/\r\n/g, '\n'));
  const marks = backticksFor(content, 3);
  return `${marks}\n${content}${content.endsWith('\n') ? '' : '\n'}${marks}`;
}

/**
 * Text as code within a line or a cell of a table, whatever is in it. Nothing in it is a link, a
 * formula or the end of the cell. Empty text gives nothing: there is no code that is empty.
 */
export function codeSpan(text: string): string {
  const content = makeVisible(text)
    .replace(/[\n\t]/g, ' ')
    .replace(/\|/g, '\\|');
  if (content === '') {
    return '';
  }
  const marks = backticksFor(content, 1);
  // A space at each end is taken off again, and keeps a backtick from joining the marks.
  const padding = /^`|`$|^ .* $/.test(content) ? ' ' : '';
  return `${marks}${padding}${content}${padding}${marks}`;
}

/**
 * Text as text: no markup, no link or formula that a viewer would make of it, and no person or issue
 * that GitHub would notify.
 */
export function escapeMarkdown(text: string): string {
  return makeVisible(text)
    .replace(/[\n\t]/g, ' ')
    .replace(/[\\`*_[\]<|~&$]/g, '\\$&')
    .replace(/\/(?=\/)/g, '/\\')
    .replace(/(www)\./gi, '$1\\.')
    .replace(/[@#]/g, '$&<!-- -->');
}

function backticksFor(content: string, least: number): string {
  const runs = content.match(/`+/g) ?? [];
  return '`'.repeat(Math.max(least - 1, ...runs.map(({ length }) => length)) + 1);
}

/** Control, format and bidirectional characters by their number; line feeds and tabs stay. */
function makeVisible(text: string): string {
  return text.replace(/(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (char) => {
    const code = char.codePointAt(0) ?? 0;
    return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}

/** The same for a hover, which shows comments of HTML as they are: nothing there notifies anybody. */
export function escapeHoverMarkdown(text: string): string {
  return oneLine(text, 2000)
    .replace(/[\\`*_{}[\]()#+!<>|~&$@-]/g, '\\$&')
    .replace(/(\w)([:.])(?=\/\/|\w)/g, '$1\\$2');
}
