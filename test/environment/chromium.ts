import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { atEnd } from './ending';
import { runProcess } from './processes';
import { installSystemPackages } from './systemPackages';

/** What keeps the browser on this machine: nothing but loopback addresses resolves. */
const args = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/** Starts a headless Chromium that ends with this process. */
export async function launchChromium(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: process.getuid?.() === 0 ? ['--no-sandbox', ...args] : args,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  const forget = atEnd(() => browser.close());
  browser.on('disconnected', forget);
  return browser;
}

/**
 * The path of a Chromium that runs: an installed one, Playwright's, or one installed just now.
 * @throws Error with a sentence for the person at the keyboard
 */
export function findChromium(): Promise<string> {
  found ??= search();
  return found;
}

let found: Promise<string> | undefined;

async function search(): Promise<string> {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen) {
    if (await runs(chosen)) {
      return chosen;
    }
    throw new Error(
      `CHROMIUM_PATH is ${chosen}, which does not run. Set it to a Chromium or unset it.`,
    );
  }
  const path =
    (await firstThatRuns(installed())) ?? (await downloadPlaywrights()) ?? (await installSystems());
  if (path === undefined) {
    throw new Error(
      'Tests in the editor need Chromium, and it could not be installed. Install Chromium or ' +
        'Chrome (Debian: apt-get install chromium), or set CHROMIUM_PATH, and run the command again.',
    );
  }
  return path;
}

function installed(): readonly string[] {
  return [...(byPlatform[process.platform] ?? onPath)(), chromium.executablePath()];
}

const onPath = () =>
  ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']
    .flatMap((name) => (process.env['PATH'] ?? '').split(':').map((folder) => join(folder, name)))
    .filter((path) => existsSync(path));

const byPlatform: Partial<Record<NodeJS.Platform, () => readonly string[]>> = {
  darwin: () =>
    ['Chromium', 'Google Chrome', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    ),
  win32: () =>
    ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData']
      .flatMap((variable) => process.env[variable] ?? [])
      .flatMap((folder) => [
        join(folder, 'Google/Chrome/Application/chrome.exe'),
        join(folder, 'Microsoft/Edge/Application/msedge.exe'),
      ]),
};

async function downloadPlaywrights(): Promise<string | undefined> {
  console.log('Looking for a Chromium to download (at most two minutes) …');
  const folder = join(createRequire(import.meta.url).resolve('playwright-core'), '..');
  await runProcess(process.execPath, [join(folder, 'cli.js'), 'install', 'chromium'], {
    env: { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '5000' },
    seconds: 120,
  });
  return firstThatRuns([chromium.executablePath()]);
}

async function installSystems(): Promise<string | undefined> {
  await installSystemPackages('Chromium', ['chromium']);
  return firstThatRuns(installed());
}

async function firstThatRuns(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    if (existsSync(path) && (await runs(path))) {
      return path;
    }
  }
  return undefined;
}

/** Some systems have a file of that name that only says how to install the real one. */
async function runs(path: string): Promise<boolean> {
  if (process.platform === 'win32') {
    // There `--version` opens a window.
    return existsSync(path);
  }
  return (await runProcess(path, ['--version', '--no-sandbox'], { seconds: 20 })).code === 0;
}
