import { readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { markConsole } from '../environment/hostConsole';
import { parseMochaArguments, runMocha } from '../environment/runMocha';
import { untilFilesAreWatched } from './untilFilesAreWatched';

/**
 * Runs the tests bundled beside this module, in the extension host that calls it.
 * @throws Error when a test failed: the host turns that into the exit code of the window
 */
export async function run(): Promise<void> {
  markConsole();
  const load = createRequire(__filename);
  const { default: Mocha } = await import('mocha');
  const { TEST_ARGUMENTS = '[]', TEST_RESULTS = '' } = process.env;
  const { options } = parseMochaArguments(JSON.parse(TEST_ARGUMENTS) as string[]);
  const mocha = new Mocha({ timeout: 30_000, color: false, ...options });
  for (const name of readdirSync(__dirname).filter((file) => file.endsWith('.test.js'))) {
    const file = join(__dirname, name);
    mocha.suite.emit('pre-require', globalThis, file, mocha);
    // Not mocha's loader: the host gives the module `vscode` to those who `require` it.
    load(file);
  }
  await untilFilesAreWatched();
  const results = await runMocha(mocha);
  writeFileSync(TEST_RESULTS, JSON.stringify(results));
  if (results.failed > 0) {
    throw new Error(`${results.failed} failed`);
  }
}
