import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { exclusively } from './exclusively';
import { npmInstall } from './npm';
import { downloads } from './paths';

/**
 * A Node executable of the given major version: this one where it fits, else one from npm.
 * @throws Error with a sentence for the person at the keyboard
 */
export async function installNode(major: number): Promise<string> {
  if (process.versions.node.startsWith(`${major}.`)) {
    return process.execPath;
  }
  const folder = join(downloads, 'node', String(major));
  const system = process.platform === 'win32' ? 'win' : process.platform;
  // The package `node` fetches this one in an install script; asked for by name it needs no script.
  const name = `node-${system}-${process.arch}`;
  await exclusively(folder, async () => {
    if (existsSync(folder)) {
      return;
    }
    console.log(`Installing Node ${major} into .vscode-test (200 MB, some seconds) …`);
    const unfinished = `${folder}.unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    await npmInstall(unfinished, [`${name}@${major}`], `Node ${major}`);
    await rename(unfinished, folder);
  });
  const executable = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  return join(folder, 'node_modules', name, executable);
}
