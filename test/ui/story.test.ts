import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoServers } from '../demo/servers/startDemoServers';
import { openDemoWindow, type DemoWindow } from './support/demoWindow';
import { createProject, token } from './support/project';
import { report } from './support/report';
import type { Workbench } from './support/workbench';

const moveToDotEnv = 'Move to ${GITHUB_TOKEN} and keep the value in .env';

/** The row of a server in the view, by its name as it is read aloud. */
function row(window: Workbench, name: string) {
  return window.page.getByRole('treeitem', { name: new RegExp(`^${name}, `) });
}

async function test(window: Workbench, server: string): Promise<void> {
  await window.runCommand('MCP Auth: Test Server');
  await window.choose(server);
  const dialog = await window.waitForDialog('Send a test request to 127.0.0.1');
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
}

describe('from a leak to a tested server', () => {
  let demo: DemoServers;
  let opened: DemoWindow;
  let window: Workbench;

  before(async function () {
    this.timeout(180_000);
    opened = await openDemoWindow(createProject, { colorTheme: 'Default Dark Modern' });
    ({ demo, window } = opened);
  });
  after(() => opened.close());

  const textOnScreen = async () =>
    (await window.lines.allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');

  it('a literal token is underlined, and a server without type is too', async () => {
    await window.openView('MCP Auth');
    await row(window, 'github').waitFor();
    await row(window, 'github').click();
    await window.squiggles('error').nth(1).waitFor();
    await window.page
      .locator('.notifications-toasts .notification-list-item')
      .first()
      .waitFor({ state: 'detached' });
    await window.screenshot('editor-dark');
    const hover = await window.hover('Bearer ghp_');
    assert.match(hover, /Literal GitHub token \(ghp_…\) in header "Authorization"/);
    await window.page.keyboard.press('Escape');
  });

  it('the lightbulb moves it to a variable and keeps it in a .env that git ignores', async () => {
    await window.takeLightbulb('Bearer ghp_', moveToDotEnv);
    const message = await window.waitForNotification('The value is in .env as GITHUB_TOKEN.');
    assert.match(await textOnScreen(), /"Bearer \$\{GITHUB_TOKEN\}"/);
    assert.equal(readFileSync(join(window.folder, '.env'), 'utf8'), `GITHUB_TOKEN=${token}\n`);
    assert.equal(readFileSync(join(window.folder, '.gitignore'), 'utf8'), '.env\n');
    await message.hover();
    await message.locator('.codicon-notifications-clear').click();
  });

  it('undo brings it back', async () => {
    await window.clickText('Bearer ');
    await window.undo();
    await window.lines.filter({ hasText: token }).waitFor();
    await row(window, 'github').filter({ hasText: 'literal secret' }).waitFor();
  });

  it('each row says what the server needs', async () => {
    // A click on the row opened the entry and its details as well; only servers and file are read.
    const rows = await window.page
      .locator('.sidebar [role="treeitem"]:is([aria-level="1"], [aria-level="2"])')
      .all();
    const spoken = await Promise.all(rows.map((item) => item.getAttribute('aria-label')));
    assert.deepEqual(spoken, [
      '.mcp.json, project, 6 servers, 3 need attention',
      'github, Bearer, literal secret',
      'wiki, will not load: it has a url but no type',
      'issues, Bearer, not tested',
      'issues-staging, Bearer, not tested',
      'payments, Bearer, missing PAYMENTS_TOKEN',
      'tracker, OAuth, not tested',
    ]);
  });

  it('a right token is accepted', async () => {
    await test(window, 'issues');
    await window.waitForNotification('issues: Accepted');
    await row(window, 'issues').filter({ hasText: 'accepted just now' }).waitFor();
    const sent = demo.received('bearer').list.map(({ credential }) => credential);
    assert.deepEqual([...new Set(sent)], ['right']);
  });

  it('a wrong token is rejected, and the report says so without it', async () => {
    await test(window, 'issues-staging');
    const message = await window.waitForNotification('Rejected (401)');
    await row(window, 'issues-staging').filter({ hasText: 'rejected (401) just now' }).waitFor();
    await window.screenshot('rejected-dark');
    await message.getByRole('button', { name: 'Show Report' }).click();
    await report(window).getByRole('heading', { level: 1 }).waitFor();
    await window.screenshot('report-dark');
    const shown = await report(window).locator('body').innerText();
    assert.match(shown, /Rejected \(401\)/);
    assert.ok(!shown.includes(demo.env['DEMO_OLD_TOKEN'] ?? 'missing'));
  });
});
