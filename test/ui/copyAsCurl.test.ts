import assert from 'node:assert/strict';
import type { DemoServers } from '../demo/servers/startDemoServers';
import { openDemoWindow, type DemoWindow } from './support/demoWindow';
import { createProject, token } from './support/project';
import type { Workbench } from './support/workbench';

describe('Copy as curl', () => {
  let demo: DemoServers;
  let opened: DemoWindow;
  let window: Workbench;

  before(async function () {
    this.timeout(180_000);
    opened = await openDemoWindow(createProject, { colorTheme: 'Default Dark Modern' });
    ({ demo, window } = opened);
  });
  after(() => opened.close());

  it('is in the menu of a row, asks for the shell, and says what to set and where it goes', async () => {
    await window.openView('MCP Auth');
    const row = window.page.getByRole('treeitem', { name: /^github, / });
    await row.click({ button: 'right' });
    const entry = window.page.locator('.monaco-menu').getByText('Copy as curl…');
    await entry.waitFor();
    await window.screenshot('copy-as-curl-menu-dark');
    await entry.click();
    await window.choices.nth(4).waitFor();
    await window.screenshot('copy-as-curl-shells-dark');
    await window.choose('fish');
    const message = await window.waitForNotification('Copied as curl for fish.');
    await window.screenshot('copy-as-curl-copied-dark');
    assert.match(
      await message.innerText(),
      /Set GITHUB_TOKEN first; running it sends the value to 127\.0\.0\.1:\d+\. GITHUB_TOKEN stands for what the file has as text\./,
    );
    const copied = await window.clipboard();
    assert.match(copied, /printenv GITHUB_TOKEN/);
    assert.ok(!copied.includes(token));
    assert.deepEqual(demo.received('bearer').list, []);
  });
});
