import { isPlaceholder } from './placeholders';
import type { Span } from './secretMatch';

const begin = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;
const end = '-----END';
const dashes = '-----';

/**
 * Private keys as PEM, with line breaks, with `\n` in their place or on one line. One that is cut
 * off reaches to the end of the text.
 * @see RFC 7468 §2
 */
export function* findPrivateKeys(value: string): Iterable<Span & { readonly kind: 'private-key' }> {
  let behind = 0;
  for (const { index, 0: header } of value.matchAll(begin)) {
    if (index < behind) {
      continue;
    }
    const bodyStart = index + header.length;
    const endMark = indexOrEnd(value, end, bodyStart);
    behind = Math.min(
      value.length,
      indexOrEnd(value, dashes, endMark + end.length) + dashes.length,
    );
    const body = value.slice(bodyStart, endMark).replace(/\\[nr]|\s/g, '');
    if (/^[^.…<]{0,300}[A-Za-z0-9+/]{40}/.test(body) && !isPlaceholder(body)) {
      yield { start: index, end: behind, kind: 'private-key' };
    }
  }
}

/** Whether the text is a private key and nothing else. */
export function isPrivateKey(text: string): boolean {
  const [key] = text.startsWith(dashes) ? findPrivateKeys(text) : [];
  return key?.start === 0 && text.slice(key.end).trim() === '';
}

function indexOrEnd(text: string, part: string, from: number): number {
  const index = text.indexOf(part, from);
  return index === -1 ? text.length : index;
}
