import { appendFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { format, parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { launchChromium } from './chromium';
import { end, endWithParent } from './ending';
import { readMarked } from './hostConsole';
import { findHost, installHost, newestHost } from './hosts';
import { out } from './paths';
import { createTemporaryFolder } from './temporaryFolder';
import { startVscodeServer, windowAddress } from './vscodeServer';

/*
 * Runs tests in the extension host of a window, then exits with their code. Arguments: a folder or a
 * `.code-workspace` file, and the switches of VS Code's own command line. The environment chooses
 * further: VSCODE_HOST the version; VSCODE_HOST_UNTRUSTED=1 Restricted Mode; VSCODE_HOST_LOG a file
 * for what hostConsole.ts does not mark; VSCODE_HOST_PATIENCE the seconds without a word after which
 * the run has failed.
 */
endWithParent();
runInWindow(process.argv.slice(2)).then(end, (error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return end(1);
});

async function runInWindow(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    // Switches for the desktop's window and graphics mean nothing here.
    strict: false,
    allowPositionals: true,
    options: {
      extensionDevelopmentPath: { type: 'string' },
      extensionTestsPath: { type: 'string' },
      'user-data-dir': { type: 'string' },
      'extensions-dir': { type: 'string' },
    },
  });
  const path = (value: string | boolean | undefined) =>
    typeof value === 'string' ? resolve(value) : undefined;
  const version = process.env['VSCODE_HOST'];
  const host = await installHost(version ? findHost(version) : newestHost);
  const temporary = createTemporaryFolder();
  const server = await startVscodeServer(host, {
    userDataDir: path(values['user-data-dir']) ?? join(temporary, 'user-data'),
    extensionsDir: path(values['extensions-dir']) ?? join(temporary, 'extensions'),
    isForDevelopment: true,
    isTrusted: process.env['VSCODE_HOST_UNTRUSTED'] !== '1',
  });
  const browser = await launchChromium();
  const page = await browser.newPage();
  const finished = followRun(page);
  finished.catch(() => undefined);
  await page.goto(
    windowAddress(server, {
      workspace: path(positionals[0]),
      extensionDevelopmentPath: path(values.extensionDevelopmentPath),
      extensionTestsPath: path(values.extensionTestsPath),
    }),
  );
  return Promise.race([finished, server.failed]);
}

/** The run's exit code, as VS Code's window tells it; meanwhile what the extension host says. */
function followRun(page: Page): Promise<number> {
  return new Promise((resolveRun, rejectRun) => {
    const seconds = Number(process.env['VSCODE_HOST_PATIENCE'] ?? 120);
    const patience = setTimeout(() => void giveUp(), seconds * 1000);
    const giveUp = async () => {
      const picture = join(out, 'pictures', 'failed-window.png');
      await page.screenshot({ path: picture }).catch(() => undefined);
      rejectRun(
        new Error(
          `The extension host has said nothing for ${seconds} seconds. ${picture} shows the window.`,
        ),
      );
    };
    page.on('crash', () => rejectRun(new Error('The page with the editor crashed.')));
    page.on('close', () => rejectRun(new Error('The browser with the editor was closed.')));
    const logFile = process.env['VSCODE_HOST_LOG'];
    const log = (type: string, args: readonly unknown[]) => {
      patience.refresh();
      const text = format(...args);
      if (logFile === undefined) {
        console.log(text);
        return;
      }
      const marked = readMarked(text);
      if (marked !== undefined) {
        console.log(marked);
      }
      appendFileSync(logFile, `${type} ${marked ?? text}\n`);
    };
    void page.exposeFunction('codeAutomationLog', log);
    void page.exposeFunction('codeAutomationExit', resolveRun);
  });
}
