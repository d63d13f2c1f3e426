import { readFile } from 'node:fs/promises';
import { parseDotEnv } from '../core/variables/dotEnv';
import {
  environmentOf,
  sourceOf,
  unknownEnvironment,
  type Environment,
} from '../core/variables/environment';
import { oneLine } from '../core/base/text';
import type { Inputs } from './commandLine';
import { describeError } from './describeError';

/**
 * The variables that Claude Code would find if it were started in the place of this program, with
 * the `.env` files loaded before.
 * @throws Error whose message says which file could not be read
 */
export async function readEnvironment({ envFiles, usesEnvironment }: Inputs): Promise<Environment> {
  const sources = [sourceOf('the environment of this command', 'always', process.env)];
  for (const path of envFiles) {
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      throw new Error(`the variables of "${path}" could not be read: ${describeError(error)}.`);
    });
    const values = Object.fromEntries(parseDotEnv(text).map(({ name, value }) => [name, value]));
    sources.push(sourceOf(oneLine(path), 'always', values));
  }
  return usesEnvironment
    ? environmentOf(sources, sources.map(({ label }) => label).join(' or in '))
    : unknownEnvironment;
}
