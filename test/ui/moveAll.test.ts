import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTemporaryFolder } from '../environment/temporaryFolder';
import { openWindow } from './support/window';
import type { Workbench } from './support/workbench';

const github = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
const gitlab = `glpat-${'x7Y8z9W0v1U2'.repeat(2)}`;
const header = (token: string) => ({
  type: 'http',
  url: 'https://mcp.example.com/mcp',
  headers: { Authorization: `Bearer ${token}` },
});
const text = `${JSON.stringify(
  {
    mcpServers: {
      github: header(github),
      'a-server-with-a-rather-long-name-for-a-narrow-window': header(gitlab),
      'github-again': header(github),
      db: { command: 'db-mcp', env: { DB_PASSWORD: 'kX9-rT2_vQ7zLm' } },
    },
  },
  null,
  2,
)}\n`;

describe('moving every literal of a file', () => {
  let window: Workbench;

  before(async function () {
    this.timeout(180_000);
    const folder = join(createTemporaryFolder(), 'corner-shop');
    mkdirSync(folder);
    execFileSync('git', ['init', '--quiet', folder]);
    writeFileSync(join(folder, '.mcp.json'), text);
    window = await openWindow({
      workspace: folder,
      colorTheme: 'Default Dark Modern',
      env: { SHELL: '/bin/bash' },
      settings: { 'editor.codeLens': false, 'editor.stickyScroll.enabled': false },
    });
    await window.openFile('.mcp.json');
    await window.squiggles('error').nth(3).waitFor();
  });
  after(() => window.close());

  const row = (name: string) => window.choices.filter({ hasText: name });

  it('shows the plan, from the lightbulb too', async () => {
    await window.takeLightbulb('glpat-', 'Move all literals in this file');
    await row('DB_PASSWORD').waitFor();
    await window.screenshot('move-all-dark');
    const label = (index: number) => window.choices.nth(index).getAttribute('aria-label');
    assert.deepEqual(await Promise.all([0, 1, 2, 3].map(label)), [
      'GITHUB_TOKEN, header "Authorization" of github, GitHub token (ghp_…), to OS keychain',
      'GITLAB_TOKEN, header "Authorization" of a-server-with-a-rather-long-name-for-a-narrow-window, GitLab token (glpa…), to OS keychain',
      'GITHUB_TOKEN, header "Authorization" of github-again, GitHub token (ghp_…), to OS keychain',
      'DB_PASSWORD, env "DB_PASSWORD" of db, password, to OS keychain',
    ]);
  });

  it('lets a person change a name, for every place of the value', async () => {
    await row('of github-again').hover();
    await row('of github-again').getByRole('button', { name: 'Change the Name' }).click();
    await window.answer('SHOP_GITHUB');
    await row('SHOP_GITHUB').nth(1).waitFor();
  });

  it('lets a person change where the values go, and leave one out', async () => {
    await window.page.getByRole('button', { name: 'One Destination for All' }).click();
    await window.choices.filter({ hasText: '.env' }).first().waitFor();
    await window.screenshot('move-all-destinations-dark');
    await window.choose('.env');
    await row('DB_PASSWORD').getByRole('checkbox').click();
    await window.screenshot('move-all-changed-dark');
    await window.page.getByRole('button', { name: 'OK' }).click();
    await window.lines.filter({ hasText: '${GITLAB_TOKEN}' }).waitFor();
    await window.save();
    const saved = readFileSync(join(window.folder, '.mcp.json'), 'utf8');
    assert.equal(
      saved,
      text.replaceAll(github, '${SHOP_GITHUB}').replace(gitlab, '${GITLAB_TOKEN}'),
    );
    assert.equal(
      readFileSync(join(window.folder, '.env'), 'utf8'),
      `SHOP_GITHUB=${github}\nGITLAB_TOKEN=${gitlab}\n`,
    );
  });

  it('is undone in one step', async () => {
    await window.clickText('mcpServers');
    await window.undo();
    await window.lines.filter({ hasText: 'glpat-' }).waitFor();
    await window.save();
    assert.equal(readFileSync(join(window.folder, '.mcp.json'), 'utf8'), text);
  });

  it('no button replaces the only copy of a value before a person says so', async () => {
    await window.takeLightbulb('glpat-', 'Move all literals in this file');
    await row('DB_PASSWORD').waitFor();
    await window.page.getByRole('button', { name: 'One Destination for All' }).click();
    await window.choose('.env');
    await row('DB_PASSWORD').hover();
    await row('DB_PASSWORD').getByRole('button', { name: 'Change the Destination' }).click();
    await window.choose('Shell profile');
    await window.page.getByRole('button', { name: 'OK', exact: true }).click();
    await window.choose('bash');
    const message = await window.waitForNotification('is on the clipboard for one minute');
    await message.getByRole('button', { name: 'Copy Load Command' }).click();
    const dialog = await window.waitForDialog('The clipboard still has a credential');
    await window.screenshot('still-copied-dark');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    assert.equal(await window.clipboard(), " export DB_PASSWORD='kX9-rT2_vQ7zLm'");
  });

  it('no command loads a .env with a line that a shell would run', async () => {
    await window.clickText('mcpServers');
    await window.undo();
    appendFileSync(join(window.folder, '.env'), 'STARTED=$(date)\n');
    const line = readFileSync(join(window.folder, '.env'), 'utf8').split('\n').length - 1;
    await window.takeLightbulb('glpat-', 'keep the value in .env');
    const message = await window.waitForNotification(`would run line ${line} of it`);
    await window.screenshot('not-for-a-shell-dark');
    assert.equal(await message.getByRole('button', { name: 'Copy Load Command' }).count(), 0);
    await message.getByRole('button', { name: 'Open Claude Code' }).waitFor();
  });
});
