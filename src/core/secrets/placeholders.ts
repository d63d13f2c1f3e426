import { credentialWords, markerPhrases, markerWords } from './placeholderWords';

/**
 * Whether the text stands in for a credential: `YOUR_API_KEY`, `<token>`, `changeme`, `sk-xxxx`,
 * `sua_chave_aqui`. All of it must read like one: a name that merely contains `todo` or `xxx` is
 * none, nor is a real token in brackets.
 */
export function isPlaceholder(value: string): boolean {
  const text = value.trim().slice(0, maxLength);
  if (text === '') {
    return false;
  }
  const inner = unwrap(text);
  return (
    isMasked(inner) ||
    isCounting(inner) ||
    markerPhrases.some((phrase) => inner.includes(phrase)) ||
    (inner !== text && isWording(inner)) ||
    isDescription(inner)
  );
}

/** What is longer says nothing new. */
const maxLength = 400;

const wrappings: readonly (readonly [open: string, close: string])[] = [
  ['<', '>'],
  ['[', ']'],
  ['{', '}'],
  ['(', ')'],
  ['%', '%'],
  ['__', '__'],
  ['@@', '@@'],
  ['"', '"'],
  ["'", "'"],
];

function unwrap(text: string): string {
  for (const [open, close] of wrappings) {
    const length = open.length + close.length;
    if (text.length > length && text.startsWith(open) && text.endsWith(close)) {
      return text.slice(open.length, -close.length).trim();
    }
  }
  return text;
}

/** Dots, stars or one character over and over, in place of the rest or all of it. */
function isMasked(text: string): boolean {
  return (
    /…|\.{3}|\*{3}|•{2}|#{3}|_{4}/.test(text) ||
    /([A-Za-z0-9])\1{7}/.test(text) ||
    // The keys of Amazon's own documentation.
    /EXAMPLE(?:KEY)?$/.test(text) ||
    isFilledUp(text)
  );
}

/** Runs of one filling character behind a prefix at most: `sk-ant-xxxx`, `0000-0000`. */
function isFilledUp(text: string): boolean {
  const words = text.split(/[-_.:]/);
  const isRun = (word: string) => /^(?:x{3,}|X{3,}|0{4,}|9{4,}|n{4,}|N{4,})$/.test(word);
  return (
    words.some(isRun) &&
    words.every((word) => isRun(word) || /^[A-Za-z]{0,12}\d{0,2}[A-Za-z]{0,4}$/.test(word))
  );
}

const ascending = ['0123456789abcdefghijklmnopqrstuvwxyz', '1234567890'];

/** `1234567890`, `abcdefgh`: eight characters in the order of the alphabet. */
function isCounting(text: string): boolean {
  const letters = text.toLowerCase().replace(/[^a-z0-9]/g, '');
  for (let start = 0; start + 8 <= letters.length; start++) {
    const stretch = letters.slice(start, start + 8);
    if (ascending.some((order) => order.includes(stretch))) {
      return true;
    }
  }
  return false;
}

/** Plain words, with a small number perhaps: what people write between brackets. */
function isWording(text: string): boolean {
  const words = splitWords(text);
  return words.length > 0 && words.every((word) => isPlain(word, 3));
}

/** Words of which one asks for a value, or letters only of which one names a credential. */
function isDescription(text: string): boolean {
  const words = splitWords(text);
  const hasSeparators = /[\p{L}\p{N}][^\p{L}\p{N}]+[\p{L}\p{N}]/u.test(text);
  if (words.some((word) => asksForValue(word) || (hasSeparators && isMarker(word)))) {
    return words.every((word) => isPlain(word, 3) || isProductName(word));
  }
  const isOneMarker = words.length === 1 && words.every((word) => isMarker(word));
  const digits = words.length < 4 ? 0 : 2;
  return (
    isOneMarker ||
    (words.some((word) => isCredentialWord(word)) && words.every((word) => isPlain(word, digits)))
  );
}

/** `neo4j`, `n8n`, `ctx7sk`. */
function isProductName(word: string): boolean {
  return /^[a-z]{0,8}\d{1,2}[a-z]{1,5}$/.test(word);
}

function asksForValue(word: string): boolean {
  return (
    /^(?:your|change|replace|insert|paste)[a-z]{0,16}$/.test(word) ||
    /^[a-z]{0,14}(?:token|key|secret|password)here$/.test(word)
  );
}

function isMarker(word: string): boolean {
  return markerWords.has(word.replace(/\d{1,3}$/, ''));
}

function isCredentialWord(word: string): boolean {
  return credentialWords.has(word) || /^[a-z]{1,12}(?:token|apikey|secret|password)$/.test(word);
}

/** Letters of any script, and `digits` digits at the end at most. */
function isPlain(word: string, digits: number): boolean {
  const letters = word.replace(/\d+$/, '');
  return (
    word.length - letters.length <= digits && letters.length <= 20 && /^\p{L}*$/u.test(letters)
  );
}

/** Lower-case words; `yourApiKey` is three, a run of random letters stays one. */
function splitWords(text: string): readonly string[] {
  return text.split(/[^\p{L}\p{N}]+/u).flatMap((part) => {
    const words = isCamelCase(part) ? part.split(/(?=\p{Lu})/u) : [part];
    return words.filter((word) => word !== '').map((word) => word.toLowerCase());
  });
}

function isCamelCase(text: string): boolean {
  return /^\p{L}\p{Ll}+(?:\p{Lu}\p{Ll}+)+\d{0,3}$/u.test(text);
}
