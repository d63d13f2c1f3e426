import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runProcess, type FinishedProcess } from './processes';

const isWindows = process.platform === 'win32';
const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
const network = [
  '--prefer-offline',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=5000',
];
const networkErrors =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED/;

/**
 * Installs packages without running their scripts.
 * @param folder where `node_modules` goes; becomes a package of its own if it is none yet
 * @param what the thing installed, in words, for the message of a failure
 * @throws Error with a sentence for the person at the keyboard
 */
export async function npmInstall(
  folder: string,
  packages: readonly string[],
  what: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) {
    // Without one npm would look for the nearest package above, which is this project.
    await writeFile(manifest, '{ "private": true }\n');
  }
  const args = ['install', ...packages, '--omit=dev', '--ignore-scripts', ...quiet, ...network];
  const { code, output } = await npm(args, folder);
  if (code === 0) {
    return;
  }
  throw new Error(
    networkErrors.test(output)
      ? `Could not download ${what}; connect to the npm registry and run the command again.`
      : `Could not install ${what}. npm says:\n${output.trim().slice(-2000)}`,
  );
}

/** Compiles the native parts of installed packages; the caller looks whether they load now. */
export async function npmRebuild(folder: string, packages: readonly string[]): Promise<void> {
  await npm(['rebuild', ...packages, ...quiet], folder);
}

function npm(args: readonly string[], folder: string): Promise<FinishedProcess> {
  const prefix = dirname(dirname(process.execPath));
  const hasHeaders = existsSync(join(prefix, 'include/node/node_api.h'));
  return runProcess('npm', args, {
    cwd: folder,
    shell: isWindows,
    // Headers that came with Node spare node-gyp their download.
    env: { ...process.env, ...(hasHeaders && { npm_config_nodedir: prefix }) },
  });
}
