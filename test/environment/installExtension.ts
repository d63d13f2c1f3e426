import { join } from 'node:path';
import type { InstalledHost } from './hosts';
import { vsix } from './paths';
import { runProcess } from './processes';

/** Has VS Code install the package into a profile. @returns the folder of its extensions */
export async function installExtension(host: InstalledHost, profile: string): Promise<string> {
  const folder = join(profile, 'extensions');
  const { code, output } = await runProcess(host.node, [
    host.serverMain,
    `--install-extension=${vsix}`,
    `--extensions-dir=${folder}`,
    `--user-data-dir=${join(profile, 'user-data')}`,
  ]);
  if (code !== 0) {
    throw new Error(`VS Code ${host.vscode} does not install ${vsix}:\n${output}`);
  }
  return folder;
}
