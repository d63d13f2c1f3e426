import { sliceLayer, unescapeLayer, type Layer } from './layer';

/** A string value inside JSON text and the nearest key before it. */
export interface JsonString {
  readonly key: string | undefined;
  readonly layer: Layer;
}

// An open string runs to the end, so that the pattern never fails and never searches twice.
const token = /"([^"\\]*(?:\\.?[^"\\]*)*)(?:"|$)|:/gs;

/**
 * The string values of JSON text, in order; `undefined` where the text is no object or list. Only
 * strings and colons are read: no nesting is too deep, and an unfinished text gives what it has.
 */
export function jsonStrings(layer: Layer): readonly JsonString[] | undefined {
  if (!/^[{[]\s*["{[]/.test(layer.text)) {
    return undefined;
  }
  const strings: JsonString[] = [];
  let key: string | undefined;
  for (const { 0: whole, 1: content, index } of layer.text.matchAll(token)) {
    if (whole === ':') {
      key = strings.pop()?.layer.text;
    } else {
      const start = index + 1;
      const string = sliceLayer(layer, start, start + (content?.length ?? 0));
      strings.push({ key, layer: unescapeLayer(string) });
    }
  }
  return strings;
}
