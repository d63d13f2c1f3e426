import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTemporaryFolder } from '../environment/temporaryFolder';
import { openWindow } from './support/window';
import type { Workbench } from './support/workbench';

const text = `{
  "mcpServers": {
    "wiki": { "url": "https://wiki.example/mcp" },
    "issues": { "url": "https://issues.example/mcp" },
    "search": { "command": "npx", "args": ["-y", "search", 8080] },
    "intern": { "type": "http", "url": "http://intern.example/mcp" }
  }
}
`;
const fixed = text.replaceAll('{ "url"', '{ "type": "http", "url"').replace('8080', '"8080"');

describe('repairing and accepting problems', () => {
  let window: Workbench;

  before(async function () {
    this.timeout(180_000);
    const folder = join(createTemporaryFolder(), 'tool-shed');
    mkdirSync(join(folder, 'packages'), { recursive: true });
    writeFileSync(join(folder, '.mcp.json'), text);
    writeFileSync(join(folder, 'packages', '.mcp.json'), text);
    window = await openWindow({
      workspace: folder,
      colorTheme: 'Default Dark Modern',
      // VS Code's own lenses come when they come, and move the lines that are clicked.
      settings: { 'editor.codeLens': false, 'editor.stickyScroll.enabled': false },
    });
  });
  after(() => window.close());

  const read = (...path: readonly string[]) => readFileSync(join(window.folder, ...path), 'utf8');
  const changes = () => window.page.locator('.bulk-edit-panel .monaco-list-row');

  it('the lightbulb has the fixes first and the acceptance last', async () => {
    await window.openFile('.mcp.json');
    await window.squiggles('error').nth(2).waitFor();
    const actions = await window.openLightbulb('wiki', 'Accept this problem');
    await window.screenshot('lightbulb-dark');
    assert.deepEqual(await actions.allInnerTexts(), [
      'Quick Fix',
      'Add "type": "http"',
      'Add "type": "sse"',
      'Fix all server-type-missing in this file',
      'Make all safe fixes in this file',
      'Change severity of server-type-missing…',
      'Accept this problem…',
    ]);
    await window.page.keyboard.press('Escape');
  });

  it('the hover over a field says what Claude Code does with it', async () => {
    assert.match(await window.hover('args'), /The arguments, one string each\./);
    await window.screenshot('hover-dark');
    await window.page.keyboard.press('Escape');
  });

  it('a fix that changes what is sent is previewed, and applied when it is ticked', async () => {
    await window.takeLightbulb('http://intern', 'Change to https');
    await changes().nth(1).waitFor();
    await window.screenshot('preview-dark');
    assert.equal(read('.mcp.json'), text);
    await changes().first().getByRole('checkbox').click();
    await window.page.getByRole('button', { name: 'Apply', exact: true }).click();
    await window.lines.filter({ hasText: 'https://intern' }).waitFor();
    await window.clickText('wiki');
    await window.undo();
    await window.lines.filter({ hasText: 'http://intern' }).waitFor();
  });

  it('an accepted problem is gone, and its reason is beside the file', async () => {
    await window.takeLightbulb('http://intern', 'Accept this problem');
    await window.answer('Only within our network');
    await window.squiggles('warning').waitFor({ state: 'detached' });
    assert.deepEqual(JSON.parse(read('.vscode', 'settings.json')), {
      'mcpAuth.suppressed': [
        {
          file: '.mcp.json',
          rule: 'url-insecure',
          server: 'intern',
          pointer: '/mcpServers/intern/url',
          reason: 'Only within our network',
        },
      ],
    });
  });

  it('the severity of a rule changes from the lightbulb', async () => {
    await window.takeLightbulb('8080', 'Change severity of field-type-wrong');
    await window.choose('information');
    await window.squiggles('info').waitFor();
  });

  it('the safe fixes of the workspace are previewed, and those that are ticked are made', async () => {
    await window.runCommand('MCP Auth: Fix All in Workspace…');
    await changes().nth(2).waitFor();
    await window.screenshot('preview-workspace-dark');
    const files = changes().filter({ hasText: '.mcp.json' });
    for (const file of await files.all()) {
      await file.getByRole('checkbox').click();
    }
    await window.page.getByRole('button', { name: 'Apply', exact: true }).click();
    await window.lines.filter({ hasText: '"8080"' }).waitFor();
    await window.page.getByRole('tab', { name: /unsaved/ }).waitFor({ state: 'detached' });
    assert.deepEqual([read('.mcp.json'), read('packages', '.mcp.json')], [fixed, fixed]);
  });
});
