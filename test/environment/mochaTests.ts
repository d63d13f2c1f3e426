import Mocha from 'mocha';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseMochaArguments, runMocha } from './runMocha';
import { fulfilOrder } from './testProcess';

void fulfilOrder(async ({ folder, timeout, args }) => {
  const { files, options } = parseMochaArguments(args);
  const mocha = new Mocha({ timeout, ...options });
  for (const file of files.length > 0 ? files : testFiles(folder)) {
    mocha.addFile(file);
  }
  await mocha.loadFilesAsync();
  return runMocha(mocha);
});

function testFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .sort()
    .map((name) => join(folder, name));
}
