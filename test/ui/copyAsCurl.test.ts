import assert from 'node:assert/strict';
import { startDemoServers, type DemoServers } from '../demo/servers/startDemoServers';
import { createProject, token } from './support/project';
import { openWindow } from './support/window';
import type { Workbench } from './support/workbench';

describe('Copy as curl', () => {
  let demo: DemoServers;
  let window: Workbench;

  before(async function () {
    this.timeout(180_000);
    demo = await startDemoServers();
    const workspace = createProject(demo);
    window = await openWindow({ workspace, env: demo.env, colorTheme: 'Default Dark Modern' });
  });
  after(async () => {
    await window.close();
    await demo.stop();
  });

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
