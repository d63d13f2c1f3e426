import { itemsOf, propertiesOf, type JsonNode } from '../config/json';
import { parseJson } from '../config/parseJson';
import { unknownCharacter } from './shellScript';

/** Why Claude Code does not take a printed text for headers. Offsets count in the text. */
export type OutputProblem =
  | { readonly kind: 'list' }
  | { readonly kind: 'wrapped' }
  | { readonly kind: 'not-string'; readonly name: string; readonly found: string }
  | { readonly kind: 'not-json' }
  | { readonly kind: 'words' };

/** What is wrong with `text` as the whole output; `undefined` where nothing is, or it cannot be told. */
export function findOutputProblem(text: string): OutputProblem | undefined {
  const start = text.trimStart();
  // JSON that is printed line by line goes on with a quote, a brace or a bracket.
  if (/^[A-Za-z]{2,}[^A-Za-z0-9]/.test(start) && !/^(?:true|false|null)\b/.test(start)) {
    return { kind: 'words' };
  }
  const root = /^[[{]/.test(start) ? parse(start) : undefined;
  if (root?.type === 'array') {
    return { kind: 'list' };
  }
  for (const { key, value } of propertiesOf(root)) {
    if (value !== undefined && value.type !== 'string') {
      return key.toLowerCase() === 'headers' && value.type === 'object'
        ? { kind: 'wrapped' }
        : { kind: 'not-string', name: key, found: value.type };
    }
  }
  return undefined;
}

/** What a script prints is short: a longer text is no header, and might nest without end. */
const maxLength = 5000;

/** The tree, where the text is JSON whatever stands for the unknown parts. */
function parse(text: string): JsonNode | undefined {
  if (text.length > maxLength) {
    return undefined;
  }
  const { root, errors } = parseJson(text.replaceAll(unknownCharacter, 'x'));
  return errors.length === 0 && (itemsOf(root).length > 0 || propertiesOf(root).length > 0)
    ? root
    : undefined;
}
