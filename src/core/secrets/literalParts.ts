import type { Candidate } from './candidate';
import { hasOpaqueRun, isLocation } from './knownPublic';
import { isWholeReference } from './references';

/**
 * What stands beside `${…}` in a credential's place and looks random: `<hex>` of `${PREFIX}-<hex>`.
 * A readable prefix or suffix is none. The text of a default is read elsewhere.
 */
export function literalParts(candidate: Candidate): readonly Candidate[] {
  const { text } = candidate;
  if (!text.includes('${')) {
    return [candidate];
  }
  const parts: Candidate[] = [];
  let start = 0;
  let readable = '';
  for (let open = text.indexOf('${'); open !== -1; open = text.indexOf('${', start)) {
    parts.push(...opaquePart(candidate, start, open));
    readable += `${text.slice(start, open)}x`;
    start = endOfReference(text, open);
  }
  parts.push(...opaquePart(candidate, start, text.length));
  readable += text.slice(start);
  // `arn:aws:secretsmanager:…:${ENV}-a1b2c3`, `${HOME}/keys/a1b2c3.pem`
  return isWholeReference(readable) || isLocation(readable) ? [] : parts;
}

/** The separators around it are no part of it; its kind is what a mixed value can still tell. */
function opaquePart(candidate: Candidate, start: number, end: number): readonly Candidate[] {
  const whole = candidate.text.slice(start, end);
  const behind = whole.replace(/^[^A-Za-z0-9]{1,9}/, '');
  const text = behind.replace(/[-_.:/]{1,9}$/, '');
  // Behind `;` and the like, or a name of its own, stands something else than in a cookie.
  const isOther = candidate.kind !== 'cookie' && /[\s;,&]|=[^=]/.test(text);
  if (isOther || text.length < shortest || !hasOpaqueRun(text, shortest)) {
    return [];
  }
  const from = start + whole.length - behind.length;
  const kind = candidate.kind === 'basic' ? 'secret' : candidate.kind;
  return [
    { ...candidate, text, start: candidate.at(from), end: candidate.at(from + text.length), kind },
  ];
}

const shortest = 10;

/** Behind the brace that closes the one at `open`, others inside it passed; the end without one. */
function endOfReference(text: string, open: number): number {
  let depth = 0;
  for (let index = open + 1; index < text.length; index++) {
    if (text[index] === '{') {
      depth++;
    } else if (text[index] === '}') {
      depth--;
      if (depth === 0) {
        return index + 1;
      }
    }
  }
  return text.length;
}
