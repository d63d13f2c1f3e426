import { findFindings } from '../core/diagnostics/findFindings';
import { checkedFile, fails, type CheckedFile } from './checkedFile';
import { checkScripts, helperFilesOf, type HelperFile } from './checkScripts';
import type { Command } from './commandLine';
import { findConfigFiles, type FoundFile } from './configFiles';
import { findingOptions, readSurroundings, type Surroundings } from './findingOptions';
import { formats } from './formats';
import { mapLimited } from '../core/base/mapLimited';
import { readConfig } from './readConfig';
import { say } from './say';
import { terminalOf } from './terminal';

/** Reads this many files at once: enough to keep the disk busy, few enough to open. */
const filesAtOnce = 32;

/** Says what is wrong, and answers the exit code. @throws Error whose message is one sentence */
export async function check(command: Extract<Command, { kind: 'check' }>): Promise<number> {
  const surroundings = await readSurroundings(command);
  const found = await findConfigFiles(command);
  const results = await mapLimited(found.files, filesAtOnce, (file) =>
    checkFile(file, surroundings).catch((error: Error) => error),
  );
  const checked = results.flatMap((result) => (result instanceof Error ? [] : [result]));
  const scripts = checkScripts(
    checked.flatMap((result) => result.scripts),
    surroundings,
  );
  const files = [...checked.map(({ file }) => file), ...scripts];
  const failed = results.flatMap((result) => (result instanceof Error ? [result.message] : []));
  const problems = [...found.problems, ...failed];
  problems.forEach(say);
  process.stdout.write(formats[command.format]({ files, problems }, terminalOf(process.stdout)));
  if (problems.length > 0) {
    return 2;
  }
  return fails(files, command.failOn) ? 1 : 0;
}

/** A configuration, and the scripts that it names: others may name the same. */
interface CheckResult {
  readonly file: CheckedFile;
  readonly scripts: readonly HelperFile[];
}

async function checkFile(file: FoundFile, surroundings: Surroundings): Promise<CheckResult> {
  const { config } = await readConfig(file);
  const options = await findingOptions(file, config, surroundings);
  return {
    file: checkedFile(file.path, config, findFindings(config, options)),
    scripts: helperFilesOf(file, config, options.files),
  };
}
