import { stripComments, type Node } from 'jsonc-parser';

/** How the text is laid out. */
interface Layout {
  /** One step of indentation. */
  readonly unit: string;
  readonly eol: string;
}

/**
 * The text with `"key": value` in `object`, which does not have the key. Nothing else changes.
 * @param body JSON, with comments or without
 */
export function insertProperty(body: string, object: Node, key: string, value: unknown): string {
  return insertChild(body, object, `${JSON.stringify(key)}: `, value);
}

/** The text with one more value in `array`. */
export function insertItem(body: string, array: Node, value: unknown): string {
  return insertChild(body, array, '', value);
}

/** Behind the last child; where there are comments, which may be about what they follow, before the first. */
function insertChild(body: string, parent: Node, prefix: string, value: unknown): string {
  const layout = layoutOf(body);
  const { children = [], offset } = parent;
  const [first, last] = [children[0], children.at(-1)];
  const end = offset + parent.length - 1;
  if (first === undefined || last === undefined) {
    return insertOnly(body, [offset + 1, end], prefix, value, layout);
  }
  const gap = /\s*$/.exec(body.slice(offset + 1, first.offset))?.[0] ?? '';
  const text = prefix + render(value, gap, layout);
  const separator = gap === '' ? ' ' : gap;
  const inside = body.slice(offset, end);
  return stripComments(inside) === inside
    ? insertAt(body, last.offset + last.length, `,${separator}${text}`)
    : insertAt(body, first.offset, `${text},${separator}`);
}

/** Into an object or a list that has nothing in it yet. */
function insertOnly(
  body: string,
  [start, end]: readonly [number, number],
  prefix: string,
  value: unknown,
  layout: Layout,
): string {
  const line = body.slice(body.lastIndexOf('\n', start - 1) + 1, start);
  const outer = /^[ \t]*/.exec(line)?.[0] ?? '';
  // What is written into one line is added to in that line.
  const isInLine = prefix === '' && !body.slice(start, end).includes('\n') && line.trim() !== line;
  const gap = isInLine ? '' : `${layout.eol}${outer}${layout.unit}`;
  const text = gap + prefix + render(value, gap, layout);
  const hasNothing = body.slice(start, end).trim() === '';
  return hasNothing
    ? body.slice(0, start) + text + (isInLine ? '' : layout.eol + outer) + body.slice(end)
    : insertAt(body, start, text);
}

function render(value: unknown, gap: string, { unit, eol }: Layout): string {
  const lineStart = gap.lastIndexOf('\n') + 1;
  return lineStart === 0
    ? JSON.stringify(value)
    : JSON.stringify(value, null, unit).replaceAll('\n', eol + gap.slice(lineStart));
}

function layoutOf(body: string): Layout {
  return {
    unit: /\n([ \t]+)\S/.exec(body)?.[1] ?? '  ',
    eol: body.includes('\r\n') ? '\r\n' : '\n',
  };
}

function insertAt(body: string, offset: number, text: string): string {
  return body.slice(0, offset) + text + body.slice(offset);
}
