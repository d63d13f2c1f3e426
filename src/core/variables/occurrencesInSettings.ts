import { findProperty, propertiesOf, rangeInString } from '../config/json';
import { parseJson } from '../config/parseJson';
import type { Occurrence } from './occurrence';

/** The variables that the `env` of a settings file of Claude Code sets, in the order of the text. */
export function occurrencesInSettings(text: string): readonly Occurrence[] {
  const { root } = parseJson(text);
  const env = findProperty(root, 'env')?.value;
  return propertiesOf(env).map(({ key, keyRange }) => ({
    name: key,
    range: rangeInString(text, { value: key, range: keyRange }, 0, key.length),
    use: { kind: 'definition' },
  }));
}
