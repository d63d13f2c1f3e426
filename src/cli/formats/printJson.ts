/**
 * JSON that a terminal may print: what controls it, and what hides or reverses text, is written as
 * an escape.
 */
export function printJson(value: unknown): string {
  const unseen = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
  const escape = (character: string) =>
    `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return `${JSON.stringify(value, null, 2).replace(unseen, escape)}\n`;
}
