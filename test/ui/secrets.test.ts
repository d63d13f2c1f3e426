import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTemporaryFolder } from '../environment/temporaryFolder';
import { openWindow } from './support/window';
import type { Workbench } from './support/workbench';

const literal = '3f9d2b7c81e64a05'.repeat(2);
const typed = 'sk-typed-7c81e64a05';

function createProject(): string {
  const folder = join(createTemporaryFolder(), 'corner-shop');
  mkdirSync(folder);
  const server = (key: string) => ({
    type: 'http',
    url: 'https://mcp.example.com/mcp',
    headers: { 'X-API-Key': key },
  });
  const mcpServers = { shop: server(literal), payments: server('${PAYMENTS_TOKEN}') };
  writeFileSync(join(folder, '.mcp.json'), `${JSON.stringify({ mcpServers }, null, 2)}\n`);
  return folder;
}

/** A `claude` that writes down what it was given, with the values covered. */
function createClaude(): string {
  const path = join(createTemporaryFolder(), 'claude');
  const text = 'shop: ${SHOP_API_KEY%????????????} payments: ${PAYMENTS_TOKEN:+set}';
  writeFileSync(
    path,
    `#!/bin/sh
echo "${text}" > given && mv given given.txt
`,
  );
  chmodSync(path, 0o755);
  return path;
}

for (const colorTheme of ['Default Dark Modern', 'Default Light Modern']) {
  const picture = colorTheme.includes('Dark') ? 'dark' : 'light';

  describe(`secrets that are kept (${picture})`, () => {
    let window: Workbench;

    before(async function () {
      this.timeout(180_000);
      window = await openWindow({
        workspace: createProject(),
        colorTheme,
        machineSettings: { 'mcpAuth.claude.path': createClaude() },
        env: { SHOP_API_KEY: 'old' },
      });
    });
    after(() => window.close());

    const onScreen = () => window.page.locator('body').innerText();
    const press = async (dialog: string | RegExp, button: string) => {
      const box = await window.waitForDialog(dialog);
      await box.getByRole('button', { name: button, exact: true }).click();
      await box.waitFor({ state: 'detached' });
    };

    it('a name that means another value is left alone, or another name taken', async () => {
      await window.openFile('.mcp.json');
      await window.squiggles('error').first().waitFor();
      await window.takeLightbulb(literal, 'copy a line for the shell');
      await press('SHOP_API_KEY has another value', 'Cancel');
      await window.takeLightbulb(literal, 'copy a line for the shell');
      await press('SHOP_API_KEY has another value', 'Use SHOP_API_KEY_2');
      await window.choose('bash');
      await window.lines.filter({ hasText: '${SHOP_API_KEY_2}' }).waitFor();
      assert.equal(await window.clipboard(), ` export SHOP_API_KEY_2='${literal}'`);
      await window.undo();
      await window.lines.filter({ hasText: literal }).waitFor();
      await window.runCommand('Notifications: Clear All Notifications');
    });

    it('a credential on the clipboard is not lost to what is copied next', async () => {
      const held = 'The clipboard still has a credential';
      const first = ` export SHOP_API_KEY_2='${literal}'`;
      await window.runCommand('MCP Auth: Copy Name');
      await window.choose('payments');
      await press(held, 'Cancel');
      assert.equal(await window.clipboard(), first);
      await window.runCommand('MCP Auth: Copy as curl…');
      await window.choose('payments');
      await window.choose('bash');
      await press(held, 'Cancel');
      assert.equal(await window.clipboard(), first);
      await window.takeLightbulb(literal, 'copy a line for the shell');
      await press('SHOP_API_KEY has another value', 'Use SHOP_API_KEY_2');
      await window.choose('fish');
      await press(held, 'Cancel');
      assert.equal(await window.clipboard(), first);
      await window.lines.filter({ hasText: literal }).waitFor();
    });

    it('a literal goes to the keychain by the first entry of the lightbulb', async () => {
      await window.squiggles('error').first().waitFor();
      await window.takeLightbulb(literal, 'keep the value in the OS keychain');
      const elsewhere = await window.waitForDialog('SHOP_API_KEY has another value');
      await window.screenshot(`other-value-${picture}`);
      assert.match(await elsewhere.innerText(), /set in this window's environment/);
      await press('SHOP_API_KEY has another value', 'Keep the Name');
      const message = await window.waitForNotification('in the OS keychain as SHOP_API_KEY');
      await window.save();
      await window.screenshot(`kept-${picture}`);
      assert.ok(!(await message.innerText()).includes(literal));
      assert.ok(!existsSync(join(window.folder, '.env')));
      await message.getByRole('button', { name: 'Open Claude Code' }).click();
    });

    it('what is missing is asked for, and typed unseen', async () => {
      await window.waitForDialog('PAYMENTS_TOKEN has no value anywhere.');
      await window.screenshot(`missing-${picture}`);
      await press('PAYMENTS_TOKEN has no value anywhere.', 'Set Value…');
      await window.choices.first().waitFor();
      await window.screenshot(`set-where-${picture}`);
      await window.choose('OS keychain');
      await window.answer(typed, { submit: false });
      await window.screenshot(`set-value-${picture}`);
      assert.ok(!(await onScreen()).includes(typed));
      await window.page.keyboard.press('Enter');
    });

    it('another value is not replaced before a person says so', async () => {
      const dialog = await window.waitForDialog('SHOP_API_KEY is set to another value');
      await window.screenshot(`conflict-${picture}`);
      const text = await dialog.innerText();
      assert.match(text, /set in this window's environment, kept in the OS keychain/);
      assert.ok(!text.includes(literal) && !/\bold\b/.test(text));
      await press('SHOP_API_KEY is set to another value', 'Use the Kept Values');
    });

    it('Claude Code starts in a terminal that has them', async () => {
      await window.treeItems.filter({ hasText: 'given.txt' }).waitFor();
      const given = readFileSync(join(window.folder, 'given.txt'), 'utf8');
      assert.equal(given, `shop: ${literal.slice(0, -12)} payments: set\n`);
      await window.screenshot(`terminal-${picture}`);
    });

    it('Manage Stored Secrets lists names, and shows a value only after asking', async () => {
      await window.runCommand('MCP Auth: Manage Stored Secrets');
      await window.choices.filter({ hasText: 'PAYMENTS_TOKEN' }).waitFor();
      await window.choices.filter({ hasText: 'SHOP_API_KEY' }).first().hover();
      await window.screenshot(`manage-${picture}`);
      assert.ok(!(await onScreen()).includes(typed));
      await window.choose('PAYMENTS_TOKEN');
      await window.choose('Reveal the Value');
      await window.waitForDialog('Show the value of PAYMENTS_TOKEN?');
      await window.screenshot(`reveal-${picture}`);
      await press('Show the value of PAYMENTS_TOKEN?', 'Show the Value');
      const box = window.page.locator('.quick-input-widget:visible input').first();
      await box.waitFor();
      await window.waitForInput(typed);
      await window.screenshot(`revealed-${picture}`);
      await window.page.keyboard.press('Escape');
      await box.waitFor({ state: 'hidden' });
    });

    it('deleting says what would be without it, and the last one leaves words', async () => {
      for (const name of ['PAYMENTS_TOKEN', 'SHOP_API_KEY']) {
        await window.runCommand('MCP Auth: Manage Stored Secrets');
        await window.choose(name);
        await window.choose('Delete');
        const dialog = await window.waitForDialog(`Delete ${name} from the OS keychain?`);
        assert.match(await dialog.innerText(), /\.mcp\.json refers to it/);
        await window.screenshot(`delete-${picture}`);
        await press(`Delete ${name} from the OS keychain?`, 'Delete');
      }
      await window.runCommand('MCP Auth: Manage Stored Secrets');
      await window.waitForNotification('The OS keychain has no value of yours yet.');
      await window.screenshot(`manage-empty-${picture}`);
    });
  });
}
