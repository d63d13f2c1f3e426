import { basename, dirname, relative, resolve } from 'node:path';
import type { McpConfig } from '../core/config/mcpConfig';
import { unknownFiles, type FileFacts } from '../core/diagnostics/fileFacts';
import type { FindingOptions } from '../core/diagnostics/findFindings';
import { referencedFiles } from '../core/diagnostics/referencedFiles';
import type { Environment } from '../core/variables/environment';
import { readFileFacts } from '../node/fileFacts';
import type { Inputs } from './commandLine';
import type { FoundFile } from './configFiles';
import { noSettings, readSettings, type Settings } from './settings';
import { readEnvironment } from './variables';

/** What is the same for every file of one run. */
export interface Surroundings {
  readonly environment: Environment;
  readonly settings: Settings;
}

/** @throws Error whose message says which file could not be read */
export async function readSurroundings(inputs: Inputs): Promise<Surroundings> {
  return {
    environment: await readEnvironment(inputs),
    settings: inputs.settings === undefined ? noSettings : await readSettings(inputs.settings),
  };
}

/** What rules are told of the world around one file, for `check` and `fix` alike. */
export async function findingOptions(
  file: FoundFile,
  config: McpConfig,
  { environment, settings }: Surroundings,
): Promise<FindingOptions & { readonly files: FileFacts }> {
  return {
    environment,
    files: await readFiles(file, config),
    settings: settings.rules,
    suppressions: settings.suppressionsOf(file.path),
  };
}

/** Of a text from standard input nobody knows where its files are. */
async function readFiles({ path, isStdin }: FoundFile, config: McpConfig): Promise<FileFacts> {
  return isStdin ? unknownFiles : readFileFacts(path, referencedFiles(config), rootOf(path));
}

/** The folder in which the command runs, or that of a file elsewhere: nothing beyond is looked at. */
function rootOf(path: string): string {
  const folder = dirname(resolve(path));
  const isHere = !relative(process.cwd(), folder).startsWith('..');
  const isManifest = basename(folder) === '.claude-plugin';
  return isHere ? process.cwd() : isManifest ? dirname(folder) : folder;
}
