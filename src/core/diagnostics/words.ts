import { oneLine } from '../base/text';

/** What stands there instead, after "not": the types of JSON as a reader calls them. */
export function typeInWords(type: string): string {
  return typeWords[type] ?? type;
}

const typeWords: Readonly<Record<string, string>> = {
  array: 'a list',
  string: 'a string',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
};

/** Foreign text within a sentence: quoted, on one line, cut to size. */
export function shown(text: string, maxLength = 60): string {
  return `"${oneLine(text, maxLength)}"`;
}
