import { parseTree, type ParseError } from 'jsonc-parser';
import { itemsOf, propertiesOf, type JsonNode } from '../config/json';
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

/** The tree, where the text is JSON whatever stands for the unknown parts. */
function parse(text: string): JsonNode | undefined {
  const errors: ParseError[] = [];
  const root = parseTree(text.replaceAll(unknownCharacter, 'x').slice(0, 20_000), errors);
  return errors.length === 0 && (itemsOf(root).length > 0 || propertiesOf(root).length > 0)
    ? root
    : undefined;
}
