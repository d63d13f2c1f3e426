import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DemoServers } from '../demo/servers/startDemoServers';
import { openDemoWindow, type DemoWindow } from './support/demoWindow';
import { createProject } from './support/project';
import type { Workbench } from './support/workbench';

for (const [colorTheme, picture] of [
  ['Default Dark Modern', 'dark'],
  ['Default Light Modern', 'light'],
] as const) {
  describe(`Deny Tools (${picture})`, () => {
    let demo: DemoServers;
    let opened: DemoWindow;
    let window: Workbench;

    before(async function () {
      this.timeout(180_000);
      opened = await openDemoWindow(createProject, {
        colorTheme,
        settings: { 'remote.autoForwardPorts': false },
      });
      ({ demo, window } = opened);
    });
    after(() => opened.close());

    const settings = () => readFile(join(window.folder, '.claude', 'settings.json'), 'utf8');

    async function askForTools(): Promise<void> {
      await window.openView('MCP Auth');
      const row = window.page.getByRole('treeitem', { name: /^issues, / });
      await row.click({ button: 'right' });
      const entry = window.page.locator('.monaco-menu').getByText('Deny Tools…');
      await entry.waitFor();
      await window.screenshot(`deny-tools-menu-${picture}`);
      await entry.click();
    }

    async function ticked(): Promise<readonly string[]> {
      const box = window.page.locator('.monaco-checkbox[aria-checked="true"]');
      const rows = await window.choices.filter({ has: box }).all();
      // The second of them is the description of the tool.
      return Promise.all(rows.map((row) => row.locator('.label-name').first().innerText()));
    }

    it('lists what the server lists, after it was asked once, with the destructive ticked', async () => {
      await askForTools();
      const dialog = await window.waitForDialog(/Send a test request to 127\.0\.0\.1/);
      assert.deepEqual(demo.received('bearer').list, []);
      await dialog.getByRole('button', { name: 'Send', exact: true }).click();
      await window.choices.filter({ hasText: 'delete_issue' }).waitFor();
      await window.screenshot(`deny-tools-choices-${picture}`);
      assert.equal(await window.choices.count(), 4);
      assert.deepEqual(await ticked(), ['delete_issue']);
    });

    it('writes what is ticked into the settings of the project', async () => {
      await window.page.keyboard.press('Enter');
      const message = await window.waitForNotification('is denied in .claude/settings.json');
      await window.tab('settings.json').waitFor();
      await window.screenshot(`deny-tools-denied-${picture}`);
      assert.match(await message.innerText(), /^mcp__issues__delete_issue is denied/);
      const deny = ['mcp__issues__delete_issue'];
      assert.deepEqual(JSON.parse(await settings()), { permissions: { deny } });
    });

    it('removes what is no longer ticked, after it said so', async () => {
      await askForTools();
      const choice = window.choices.filter({ hasText: 'delete_issue' });
      await choice.filter({ hasText: 'denied' }).waitFor();
      await choice.click();
      await window.page.keyboard.press('Enter');
      const dialog = await window.waitForDialog('Allow a tool again that is denied now?');
      await window.screenshot(`deny-tools-allow-${picture}`);
      assert.match(await dialog.innerText(), /mcp__issues__delete_issue/);
      await dialog.getByRole('button', { name: 'Allow Again', exact: true }).click();
      await window.waitForNotification('is no longer denied in .claude/settings.json');
      assert.deepEqual(JSON.parse(await settings()), { permissions: { deny: [] } });
    });
  });
}
