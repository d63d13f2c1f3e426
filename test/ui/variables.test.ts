import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createTemporaryFolder } from '../environment/temporaryFolder';
import { report } from './support/report';
import { openWindow } from './support/window';
import type { Workbench } from './support/workbench';

const files: Readonly<Record<string, string>> = {
  '.mcp.json': `{
  "mcpServers": {
    "tracker": {
      "type": "http",
      "url": "https://mcp.tracker.example/mcp",
      "headers": { "X-Space": "\${TRACKER_SPACE}", "X-Team": "\${TRACKER_TEAM:-ours}" },
      "headersHelper": "sh \${CLAUDE_PROJECT_DIR:-.}/headers.sh"
    },
    "files": { "command": "npx", "args": ["files", "\${FILES_ROOT}"] }
  }
}
`,
  '.env': '# for the tracker\nTRACKER_SPACE=blue\n',
  '.env.example': 'TRACKER_SPACE=\n#TRACKER_TEAM=\n',
  '.claude/settings.local.json': '{\n  "env": { "TRACKER_SPACE": "green" }\n}\n',
  'headers.sh': '#!/bin/sh\nset -eu\nprintf \'{"X-Other": "%s"}\' "${TRACKER_SPACE}"\n',
  'README.md': 'Set `TRACKER_SPACE` first.\n',
  'shop/.env': 'TRACKER_SPACE=red\n',
};

/** Too large to be looked at. */
const large = `TRACKER_SPACE=blue\n${'#'.repeat(1024 * 1024)}\n`;

describe('variables in the editor', () => {
  let window: Workbench;

  before(async function () {
    this.timeout(180_000);
    const folder = join(createTemporaryFolder(), 'tracker');
    for (const [name, text] of Object.entries({ ...files, '.env.large': large })) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    window = await openWindow({
      workspace: folder,
      colorTheme: 'Default Dark Modern',
      // Tall enough for every change of the preview.
      viewport: { width: 1280, height: 1300 },
      settings: {
        'editor.codeLens': false,
        'editor.stickyScroll.enabled': false,
        'mcpAuth.variables.inlayHints': true,
      },
    });
  });
  after(() => window.close());

  const texts = () =>
    Object.fromEntries(
      Object.keys(files).map((name) => [name, readFileSync(join(window.folder, name), 'utf8')]),
    );
  const press = (key: string) => window.page.keyboard.press(key);

  it('the hover says where a variable is kept and what to do', async () => {
    await window.openFile('.mcp.json');
    await window.lines.filter({ hasText: 'set in sessions' }).waitFor();
    const words = await window.hover('TRACKER_SPACE');
    await window.screenshot('variable-hover');
    assert.match(words, /Found in: \.claude\/settings\.local\.json .* · \.env \(Claude Code does/);
    assert.match(words, /Set it… · Open Claude Code with it · What will this become/);
    await press('Escape');
  });

  it('what will become of the values of a server is shown as a table', async () => {
    await window.clickText('"tracker"');
    await window.runCommand('MCP Auth: What Will This Become');
    const frame = report(window);
    await frame.getByRole('cell', { name: 'X-Space' }).first().waitFor();
    await window.screenshot('becomes-dark');
    const shown = await frame.locator('body').innerText();
    assert.match(shown, /TRACKER_SPACE/);
    assert.ok(!shown.includes('green') && !shown.includes('blue'));
    const preview = window.page.getByRole('tab', { name: /What tracker becomes/ });
    await preview.click({ button: 'middle' });
    await preview.waitFor({ state: 'detached' });
  });

  it('typing ${ offers names, and taking one closes the brace', async () => {
    await window.clickText('"files"');
    await press('End');
    const end = '"${FILES_ROOT}"] }'.length - 1;
    for (let index = 0; index < end; index++) {
      await press('ArrowLeft');
    }
    await window.page.keyboard.type('x ${', { delay: 60 });
    const list = window.page.locator('.suggest-widget.visible .monaco-list-row');
    await list.filter({ hasText: 'TRACKER_SPACE' }).waitFor();
    await window.screenshot('variable-completion');
    await window.page.keyboard.type('SPACE', { delay: 60 });
    await press('Enter');
    await window.lines.filter({ hasText: 'x ${TRACKER_SPACE}' }).waitFor();
    await window.page.keyboard.press('Control+A');
    await window.page.evaluate(
      `navigator.clipboard.writeText(${JSON.stringify(files['.mcp.json'])})`,
    );
    await press('Control+V');
    await window.save();
    assert.deepEqual(texts(), files);
  });

  it('renaming shows every file first, and one undo takes all of it back', async () => {
    await window.clickText('TRACKER_SPACE');
    await press('F2');
    const box = window.page.locator('.rename-box input');
    await box.waitFor();
    assert.equal(await box.inputValue(), 'TRACKER_SPACE');
    await box.fill('TRACKER_AREA');
    await press('Enter');
    const changes = window.page.locator('.bulk-edit-panel .monaco-list-row');
    // Each file has one change, and the list grows until all of them are unfolded.
    await changes.nth(2 * Object.keys(files).length - 1).waitFor();
    await window.waitForNotification('1 file was not looked at for TRACKER_SPACE');
    await window.screenshot('variable-rename');
    assert.deepEqual(texts(), files);
    await changes.filter({ hasText: 'README.md' }).getByRole('checkbox').click();
    await window.page.getByRole('button', { name: 'Apply', exact: true }).click();
    await window.lines.filter({ hasText: '${TRACKER_AREA}' }).first().waitFor();
    await window.page.getByRole('tab', { name: /unsaved/ }).waitFor({ state: 'detached' });
    const renamed = Object.entries(files).map(([name, text]) => [
      name,
      text.replaceAll('TRACKER_SPACE', 'TRACKER_AREA'),
    ]);
    // What another program may read is changed by those alone who say so.
    assert.deepEqual(texts(), { ...Object.fromEntries(renamed), 'shop/.env': files['shop/.env'] });
    await window.clickText('"files"');
    await window.undo();
    await window.lines.filter({ hasText: '${TRACKER_SPACE}' }).first().waitFor();
    // The other files follow the one in front.
    const changed = Object.keys(files).length - 1;
    await window.page.getByRole('tab', { name: `${changed} unsaved` }).waitFor();
    const unsaved = window.page.getByRole('tab', { name: /unsaved/ });
    // Save All passes over files that are still on their way back.
    for (let attempt = 1; attempt < 5 && (await unsaved.count()) > 0; attempt++) {
      await window.runCommand('File: Save All Files');
      await unsaved.waitFor({ state: 'detached', timeout: 4000 }).catch(() => undefined);
    }
    assert.deepEqual(texts(), files);
  });

  it('a name that Claude Code takes out of a helper is refused with the reason', async () => {
    await window.clickText('TRACKER_SPACE');
    await press('F2');
    const box = window.page.locator('.rename-box input');
    await box.waitFor();
    await box.fill('TRACKER_TOKEN');
    await press('Enter');
    const message = window.page.locator('.monaco-editor-overlaymessage, .notification-list-item');
    await message.filter({ hasText: 'takes TRACKER_TOKEN out of its environment' }).waitFor();
    await window.screenshot('variable-refused');
  });
});
