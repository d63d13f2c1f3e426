import { findSecrets } from '../secrets/findSecrets';
import { parseDotEnv } from './dotEnv';

/** The names in a `.env` whose values are credentials, in order: examples and references are none. */
export function credentialsInDotEnv(text: string): readonly string[] {
  return parseDotEnv(text)
    .filter(({ name, value }) => findSecrets(value, { kind: 'env', name }).length > 0)
    .map(({ name }) => name);
}
