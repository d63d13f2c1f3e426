import { cp, mkdir } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import type { ViewportSize } from 'playwright-core';
import { launchChromium } from '../../environment/chromium';
import { findHost, installHost, newestHost } from '../../environment/hosts';
import { installExtension } from '../../environment/installExtension';
import { root } from '../../environment/paths';
import { writeMachineSettings, writeUserSettings, type Settings } from '../../environment/settings';
import { createTemporaryFolder } from '../../environment/temporaryFolder';
import { startVscodeServer, windowAddress } from '../../environment/vscodeServer';
import { forgetWindow, rememberWindow } from './pictures';
import { Workbench } from './workbench';

export interface WindowOptions {
  /** A folder, or its name in `test/fixtures/workspaces`: a copy is opened. Default: no folder. */
  readonly workspace?: string;
  readonly settings?: Settings;
  /** Those that only the machine has, such as the path of a program. */
  readonly machineSettings?: Settings;
  /** Added to the environment of the extension. */
  readonly env?: NodeJS.ProcessEnv;
  /** A version of VS Code from hosts.ts. Default: the newest. */
  readonly host?: string;
  /** The name of a theme, such as `Default High Contrast`. */
  readonly colorTheme?: string;
  readonly viewport?: ViewportSize;
  /** Default: yes. */
  readonly isTrusted?: boolean;
}

/**
 * Opens VS Code in a headless browser, with the packaged extension installed in a clean profile and
 * an empty home directory. The window is closed after the tests of the process unless it is before.
 */
export async function openWindow(options: WindowOptions): Promise<Workbench> {
  const version = options.host ?? process.env['VSCODE_HOST'];
  const host = await installHost(version ? findHost(version) : newestHost);
  const profile = createTemporaryFolder();
  const home = join(profile, 'home');
  await mkdir(home);
  const userDataDir = join(profile, 'user-data');
  await writeUserSettings(userDataDir, {
    ...(options.colorTheme !== undefined && { 'workbench.colorTheme': options.colorTheme }),
    ...options.settings,
  });
  await writeMachineSettings(userDataDir, options.machineSettings ?? {});
  const folder = await copyWorkspace(options.workspace, profile);
  const server = await startVscodeServer(host, {
    userDataDir,
    extensionsDir: await installExtension(host, profile),
    env: { HOME: home, USERPROFILE: home, CLAUDE_CONFIG_DIR: undefined, ...options.env },
    isTrusted: options.isTrusted ?? true,
  });
  const browser = await launchChromium();
  const context = await browser.newContext({
    viewport: options.viewport ?? { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  const workbench = new Workbench(page, folder ?? profile, async () => {
    await forgetWindow(workbench);
    await browser.close();
    await server.stop();
  });
  rememberWindow(workbench);
  await page.goto(windowAddress(server, { workspace: folder }));
  await page.locator('.monaco-workbench .statusbar').waitFor({ timeout: 60_000 });
  return workbench;
}

/** @returns the copy to open, if any */
async function copyWorkspace(
  workspace: string | undefined,
  profile: string,
): Promise<string | undefined> {
  if (workspace === undefined) {
    return undefined;
  }
  const source = isAbsolute(workspace)
    ? workspace
    : join(root, 'test/fixtures/workspaces', workspace);
  const folder = join(profile, basename(source));
  await cp(source, folder, { recursive: true });
  return folder;
}
