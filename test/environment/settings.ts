import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export type Settings = Readonly<Record<string, unknown>>;

/** What keeps an editor to itself: no telemetry, no update, no page of news, nothing to answer. */
const quiet: Settings = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'workbench.enableExperiments': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  // A browser window saves by itself unless told not to; desktop VS Code does not.
  'files.autoSave': 'off',
};

/** Writes the user settings of a profile, over those that keep the editor quiet. */
export function writeUserSettings(userDataDir: string, settings: Settings): Promise<void> {
  return write(join(userDataDir, 'User'), { ...quiet, ...settings });
}

/** Writes the settings of the machine that a server runs on: there are those of scope `machine`. */
export function writeMachineSettings(userDataDir: string, settings: Settings): Promise<void> {
  return write(join(userDataDir, 'Machine'), settings);
}

async function write(folder: string, settings: Settings): Promise<void> {
  await mkdir(folder, { recursive: true });
  const text = JSON.stringify(settings, undefined, 2);
  await writeFile(join(folder, 'settings.json'), `${text}\n`);
}
