import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { startKeyring, type Keyring } from '../environment/keyring';
import { createTemporaryFolder } from '../environment/temporaryFolder';
import { assertNoArgumentHas, filesWith } from '../support/traces';
import { openWindow } from './support/window';
import type { Workbench } from './support/workbench';

/** A credential for each way that one can take, so that a find tells where it got lost. */
const canaries = {
  KEYCHAIN_TOKEN: `ghp_${'c4NaRyK3yCh4'.repeat(3)}`,
  DOTENV_TOKEN: `ghp_${'c4NaRyD0tEnV'.repeat(3)}`,
  SETTINGS_TOKEN: `ghp_${'c4NaRyS3tT1n'.repeat(3)}`,
  SHELL_TOKEN: `ghp_${'c4NaRySh3lLx'.repeat(3)}`,
  ALL_TOKEN: `ghp_${'c4NaRyAllOfM'.repeat(3)}`,
  HELPER_TOKEN: `ghp_${'c4NaRyH3lPer'.repeat(3)}`,
  TYPED_TOKEN: `ghp_${'c4NaRyTyp3d0'.repeat(3)}`,
} as const;
type Variable = keyof typeof canaries;

/** The one that is typed does not stand in the file; a `headersHelper` can only print headers. */
const entries = Object.entries(canaries).map(([name, value]) => [
  name.toLowerCase(),
  name === 'HELPER_TOKEN'
    ? { type: 'http', url: 'https://mcp.example', headers: { 'X-Helper-Token': value } }
    : { command: 'a-server', env: { [name]: name === 'TYPED_TOKEN' ? `\${${name}}` : value } },
]);
const text = `${JSON.stringify({ mcpServers: Object.fromEntries(entries) }, null, 2)}\n`;

/** Writes down which variables it has, and what they are as a checksum. */
const fakeClaude = `#!/bin/sh
for name in KEYCHAIN_TOKEN DOTENV_TOKEN SETTINGS_TOKEN SHELL_TOKEN ALL_TOKEN TYPED_TOKEN; do
  printf '%s %s\\n' "$name" "$(printenv "$name" | cksum)"
done > "$SEEN.part" && mv "$SEEN.part" "$SEEN"
`;

describe('a credential that is moved', () => {
  let window: Workbench;
  let profile: string;
  let seen: string;
  let keyring: Keyring;
  let keyringFolder: string;

  before(async function () {
    this.timeout(180_000);
    const source = createTemporaryFolder();
    const folder = join(source, 'corner-shop');
    const program = join(source, 'claude');
    seen = join(source, 'seen');
    mkdirSync(folder);
    execFileSync('git', ['init', '--quiet', folder]);
    writeFileSync(join(folder, '.mcp.json'), text);
    keyringFolder = createTemporaryFolder();
    keyring = await startKeyring(keyringFolder);
    writeFileSync(program, fakeClaude);
    chmodSync(program, 0o755);
    window = await openWindow({
      workspace: folder,
      viewport: { width: 1280, height: 1200 },
      settings: {
        'editor.codeLens': false,
        'editor.stickyScroll.enabled': false,
        // VS Code keeps each text that is saved, here with the credentials that wait for their turn.
        'workbench.localHistory.enabled': false,
      },
      machineSettings: { 'mcpAuth.claude.path': program },
      env: { SEEN: seen, DBUS_SESSION_BUS_ADDRESS: keyring.env['DBUS_SESSION_BUS_ADDRESS'] },
    });
    profile = dirname(window.folder);
    await window.openFile('.mcp.json');
    await window.squiggles('error').nth(5).waitFor();
  });
  after(async () => {
    await window.close();
    await keyring.stop();
  });

  /** What the program found in its environment, once it has written it. */
  async function readSeen(): Promise<Readonly<Record<string, string>>> {
    const watcher = watch(dirname(seen));
    while (!existsSync(seen)) {
      await once(watcher, 'change');
    }
    watcher.close();
    const lines = readFileSync(seen, 'utf8').trim().split('\n');
    return Object.fromEntries(lines.map((line) => /^(\w+) (.*)$/.exec(line)?.slice(1) ?? []));
  }

  async function move(variable: Variable, to: string): Promise<void> {
    await window.takeLightbulb(canaries[variable], `Move to \${${variable}} and ${to}`);
  }

  async function moved(variable: Variable): Promise<void> {
    await window.lines.filter({ hasText: `\${${variable}}` }).waitFor();
    await window.save();
    assertNoArgumentHas(canaries[variable]);
    await window.page.keyboard.press('Escape');
  }

  async function isOnClipboard(variable: Variable): Promise<boolean> {
    return (await window.clipboard()).includes(canaries[variable]);
  }

  it('to .env is in .env alone', async () => {
    await move('DOTENV_TOKEN', 'keep the value in .env');
    await moved('DOTENV_TOKEN');
    assert.deepEqual(filesWith(profile, canaries.DOTENV_TOKEN), [
      join(basename(window.folder), '.env'),
    ]);
    assert.equal(await isOnClipboard('DOTENV_TOKEN'), false);
  });

  it("to Claude Code's settings is in those alone", async () => {
    await move('SETTINGS_TOKEN', 'keep the value in Claude Code settings');
    await moved('SETTINGS_TOKEN');
    // The folder is new, and Claude Code finds the variable there.
    assert.match(await window.hover('${SETTINGS_TOKEN}'), /Set in .*settings\.json/i);
    await window.page.keyboard.press('Escape');
    assert.deepEqual(filesWith(profile, canaries.SETTINGS_TOKEN), [
      join('home', '.claude', 'settings.json'),
    ]);
    assert.equal(await isOnClipboard('SETTINGS_TOKEN'), false);
  });

  it('to a line for the shell is on the clipboard alone', async () => {
    await move('SHELL_TOKEN', 'copy a line for the shell');
    await window.choices.filter({ hasText: 'bash' }).first().click();
    await moved('SHELL_TOKEN');
    assert.deepEqual(filesWith(profile, canaries.SHELL_TOKEN), []);
    assert.equal(await isOnClipboard('SHELL_TOKEN'), true);
  });

  it('to the keychain for a headersHelper is in the keychain alone, which the helper reads', async () => {
    await window.takeLightbulb(canaries.HELPER_TOKEN, 'read by a headersHelper');
    await window.lines.filter({ hasText: '"headersHelper"' }).waitFor();
    await window.save();
    assertNoArgumentHas(canaries.HELPER_TOKEN);
    await window.page.keyboard.press('Escape');
    for (const folder of [profile, keyringFolder]) {
      assert.deepEqual(filesWith(folder, canaries.HELPER_TOKEN), []);
    }
    assert.equal(await isOnClipboard('HELPER_TOKEN'), false);
    const saved = readFileSync(join(window.folder, '.mcp.json'), 'utf8');
    const [, helper = ''] = /"headersHelper": ("(?:[^"\\]|\\.)*")/.exec(saved) ?? [];
    const printed = execFileSync('/bin/sh', ['-c', JSON.parse(helper) as string], {
      env: { PATH: process.env['PATH'], ...keyring.env },
      encoding: 'utf8',
    });
    assert.deepEqual(JSON.parse(printed), { 'X-Helper-Token': canaries.HELPER_TOKEN });
  });

  it('with all others of the file is in no file', async () => {
    await window.takeLightbulb(canaries.ALL_TOKEN, 'Move all literals in this file');
    await window.choices.filter({ hasText: 'KEYCHAIN_TOKEN' }).getByRole('checkbox').click();
    await window.page.getByRole('button', { name: 'OK' }).click();
    await moved('ALL_TOKEN');
    assert.deepEqual(filesWith(profile, canaries.ALL_TOKEN), []);
    assert.equal(await isOnClipboard('ALL_TOKEN'), false);
  });

  it('into a variable that is set is in no file', async () => {
    await window.runCommand('MCP Auth: Set Variable…');
    await window.choose('TYPED_TOKEN');
    await window.choose('OS keychain');
    await window.answer(canaries.TYPED_TOKEN);
    await window.waitForNotification('TYPED_TOKEN');
    assertNoArgumentHas(canaries.TYPED_TOKEN);
    assert.deepEqual(filesWith(profile, canaries.TYPED_TOKEN), []);
    assert.equal(await isOnClipboard('TYPED_TOKEN'), false);
  });

  it('to the keychain is in no file, and Claude Code gets it in its environment', async () => {
    await move('KEYCHAIN_TOKEN', 'keep the value in the OS keychain');
    await moved('KEYCHAIN_TOKEN');
    assert.deepEqual(filesWith(profile, canaries.KEYCHAIN_TOKEN), []);
    assert.equal(await isOnClipboard('KEYCHAIN_TOKEN'), false);
    await window.runCommand('MCP Auth: Open Claude Code with Secrets');
    await (
      await window.waitForDialog('SHELL_TOKEN')
    )
      .getByRole('button', { name: 'Open Anyway' })
      .click();
    await window.lines.first().waitFor();
    assert.deepEqual(await readSeen(), {
      KEYCHAIN_TOKEN: checksum(canaries.KEYCHAIN_TOKEN),
      DOTENV_TOKEN: checksum(canaries.DOTENV_TOKEN),
      // Claude Code reads it from its settings by itself.
      SETTINGS_TOKEN: checksum(''),
      SHELL_TOKEN: checksum(''),
      ALL_TOKEN: checksum(canaries.ALL_TOKEN),
      TYPED_TOKEN: checksum(canaries.TYPED_TOKEN),
    });
    assert.deepEqual(filesWith(profile, canaries.KEYCHAIN_TOKEN), []);
    assertNoArgumentHas(canaries.KEYCHAIN_TOKEN);
  });

  it('to the keychain is shown when a person asks for it, and leaves no trace of that', async () => {
    await window.runCommand('MCP Auth: Manage Stored Secrets');
    await window.choose('KEYCHAIN_TOKEN');
    await window.choose('Reveal the Value');
    const dialog = await window.waitForDialog('Show the value of KEYCHAIN_TOKEN?');
    await dialog.getByRole('button', { name: 'Show the Value' }).click();
    await window.waitForInput(canaries.KEYCHAIN_TOKEN);
    await window.screenshot('reveal');
    await window.page.keyboard.press('Escape');
    assert.deepEqual(filesWith(profile, canaries.KEYCHAIN_TOKEN), []);
    assertNoArgumentHas(canaries.KEYCHAIN_TOKEN);
  });
});

function checksum(value: string): string {
  const input = value === '' ? '' : `${value}\n`;
  return execFileSync('cksum', { input, encoding: 'utf8' }).trim();
}
