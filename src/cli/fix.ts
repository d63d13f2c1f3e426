import { access, constants } from 'node:fs/promises';
import { oneLine } from '../core/base/text';
import type { McpConfig } from '../core/config/mcpConfig';
import { parseMcpConfig } from '../core/config/parseMcpConfig';
import { findFindings, type FindingOptions } from '../core/diagnostics/findFindings';
import { fixAll, type FixedText } from '../core/diagnostics/fixAll';
import { privateFiles } from '../node/privateFiles';
import { checkedFile, fails, type CheckedFile } from './checkedFile';
import type { Command } from './commandLine';
import { findConfigFiles, type FoundFile } from './configFiles';
import { count } from './count';
import { describeError } from './describeError';
import { findingOptions, readSurroundings, type Surroundings } from './findingOptions';
import { fixDiff } from './fixDiff';
import { formatText } from './formats/text';
import { readConfig, type ReadConfig } from './readConfig';
import { say } from './say';
import { terminalOf } from './terminal';

type FixCommand = Extract<Command, { kind: 'fix' }>;

interface FixedFile extends CheckedFile {
  /** How many findings were repaired, or would be. */
  readonly repaired: number;
}

/** Repairs what is certain, and answers the exit code. @throws Error whose message is one sentence */
export async function fix(command: FixCommand): Promise<number> {
  const surroundings = await readSurroundings(command);
  const { files, problems } = await findConfigFiles(command);
  problems.forEach(say);
  const fixed: FixedFile[] = [];
  // One after the other: two names may lead to the same file.
  for (const file of files) {
    try {
      fixed.push(await fixFile(file, command, surroundings));
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    }
  }
  // Standard output is for the text or the diff, where there is one.
  const isForReport = !command.isDryRun && !files.some(({ isStdin }) => isStdin);
  const output = isForReport ? process.stdout : process.stderr;
  output.write(report(fixed, command.isDryRun));
  output.write(formatText({ files: fixed, problems }, terminalOf(output)));
  if (problems.length > 0 || fixed.length < files.length) {
    return 2;
  }
  return fails(fixed, command.failOn) ? 1 : 0;
}

/** @throws Error whose message says why the file stays as it is */
async function fixFile(
  file: FoundFile,
  { isDryRun }: FixCommand,
  surroundings: Surroundings,
): Promise<FixedFile> {
  const { path, place } = file;
  const read = await readConfig(file);
  const options = await findingOptions(file, read.config, surroundings);
  const fixed = repair(read.config, options);
  if (!isDryRun) {
    await put(file, read, fixed.text);
  } else if (fixed.count > 0) {
    const texts = [read.config.text, fixed.text] as const;
    process.stdout.write(fixDiff(path, place, texts, terminalOf(process.stdout)));
  }
  const config = fixed.count === 0 ? read.config : parseMcpConfig(fixed.text, place);
  return { ...checkedFile(path, config, fixed.findings), repaired: fixed.count };
}

/** A file of an administrator stays as it is, and so does one that is too large to be read. */
function repair(config: McpConfig, options: FindingOptions): FixedText {
  const { text, place, fileProblem } = config;
  return place.isReadOnly || fileProblem?.kind === 'too-large'
    ? { text, edits: [], count: 0, findings: findFindings(config, options) }
    : fixAll(text, place, options);
}

/** @throws Error whose message says why the text did not get where it belongs */
async function put(
  { path, isStdin }: FoundFile,
  { config, isExact, hasByteOrderMark }: ReadConfig,
  fixed: string,
): Promise<void> {
  const isChanged = fixed !== config.text;
  if (!isExact && (isStdin || isChanged)) {
    const reason =
      config.fileProblem?.kind === 'too-large' ? 'it is too large' : 'it is not text in UTF-8';
    throw new Error(`"${path}" was not repaired: ${reason}.`);
  }
  const text = (hasByteOrderMark ? '\uFEFF' : '') + fixed;
  if (isStdin) {
    process.stdout.write(text);
  } else if (isChanged) {
    try {
      await access(path, constants.W_OK);
      await privateFiles.write(path, text);
    } catch (error) {
      throw new Error(`"${path}" could not be written: ${describeError(error)}.`);
    }
  }
}

function report(files: readonly FixedFile[], isDryRun: boolean): string {
  return files
    .filter(({ repaired }) => repaired > 0)
    .map(({ path, repaired }) => {
      const problems = count(repaired, 'problem');
      const verb = isDryRun ? 'would be repaired' : 'repaired';
      return `${oneLine(path, 1000)}: ${problems} ${verb}\n`;
    })
    .join('');
}
