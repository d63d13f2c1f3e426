import type { McpConfig } from '../core/config/mcpConfig';
import { unknownFiles } from '../core/diagnostics/fileFacts';
import type { FindingOptions } from '../core/diagnostics/findFindings';
import type { Environment } from '../core/variables/environment';
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
export function findingOptions(
  { path }: FoundFile,
  _config: McpConfig,
  { environment, settings }: Surroundings,
): Promise<FindingOptions> {
  return Promise.resolve({
    environment,
    files: unknownFiles,
    settings: settings.rules,
    suppressions: settings.suppressionsOf(path),
  });
}
