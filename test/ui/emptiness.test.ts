import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTemporaryFolder } from '../environment/temporaryFolder';
import { token } from './support/project';
import { openWindow } from './support/window';

function createFolder(name: string): string {
  const folder = join(createTemporaryFolder(), name);
  mkdirSync(folder);
  return folder;
}

describe('where there is nothing to show', () => {
  it('a folder without configuration says so and offers to create one', async () => {
    const window = await openWindow({ workspace: createFolder('fresh-start') });
    await window.openView('MCP Auth');
    await window.page.getByText('This workspace has no .mcp.json.').waitFor();
    await window.screenshot('welcome');
    const welcome = window.page.getByRole('region', { name: 'Welcome' });
    await welcome.getByRole('button', { name: 'Create .mcp.json' }).click();
    await window.page.locator('.suggest-widget.visible').getByText('mcp-oauth').first().waitFor();
    await window.screenshot('created');
    assert.ok(existsSync(join(window.folder, '.mcp.json')));
    await window.close();
  });

  it('a window without a folder asks for one', async () => {
    const window = await openWindow({});
    await window.openView('MCP Auth');
    await window.page.getByText('Open a folder to see the MCP servers').waitFor();
    await window.runCommand('MCP Auth: Test Server');
    await window.waitForNotification('There is no MCP server here yet.');
    await window.screenshot('no-folder');
    await window.close();
  });

  it('a machine without Claude Code says what to install for signing in', async () => {
    const folder = createFolder('no-claude');
    const entry = { type: 'http', url: 'http://127.0.0.1:9/mcp' };
    writeFileSync(join(folder, '.mcp.json'), JSON.stringify({ mcpServers: { tracker: entry } }));
    const window = await openWindow({ workspace: folder, env: { PATH: folder } });
    await window.openView('MCP Auth');
    await window.page.getByRole('treeitem', { name: /^tracker, / }).waitFor();
    await window.runCommand('MCP Auth: Sign In…');
    await window.choose('tracker');
    await window.waitForNotification('Claude Code was not found');
    await window.screenshot('no-claude');
    await window.close();
  });

  it('a file that may not be changed keeps its squiggles, and nothing is written', async () => {
    const folder = createFolder('read-only');
    const entry = { type: 'http', url: 'https://h.example', headers: { 'X-API-Key': token } };
    const text = JSON.stringify({ mcpServers: { docs: entry } }, null, 2);
    writeFileSync(join(folder, '.mcp.json'), text);
    const settings = { 'files.readonlyInclude': { '**/.mcp.json': true } };
    const window = await openWindow({ workspace: folder, settings });
    await window.openFile('.mcp.json');
    await window.squiggles('error').first().waitFor();
    await window.clickText('ghp_');
    await window.page.keyboard.press('Control+.');
    await window.page.keyboard.press('x');
    await window.runCommand('MCP Auth: Refresh Servers');
    assert.equal(await window.page.locator('.action-widget').count(), 0);
    await window.screenshot('read-only');
    assert.equal(readFileSync(join(window.folder, '.mcp.json'), 'utf8'), text);
    assert.ok(!existsSync(join(window.folder, '.env')));
    await window.close();
  });
});
