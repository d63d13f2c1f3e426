import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTemporaryFolder } from '../environment/temporaryFolder';
import { openWindow } from './support/window';
import type { Workbench } from './support/workbench';

/**
 * A `claude` that signs in and out at once: it keeps a sign-in of 43 minutes in its file under the
 * key that the real one uses, and notes its arguments.
 */
const standIn = `#!${process.execPath}
const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');
const { createHash } = require('node:crypto');
const { join } = require('node:path');
const [, verb, name] = process.argv.slice(2);
const home = join(process.env.HOME, '.claude');
appendFileSync(join(home, 'calls'), JSON.stringify(process.argv.slice(2)) + '\\n');
const { type, url, headers = {} } = JSON.parse(readFileSync('.mcp.json', 'utf8')).mcpServers[name];
const hash = createHash('sha256').update(JSON.stringify({ type, url, headers })).digest('hex');
const login = {
  accessToken: 'canary', expiresAt: Date.now() + 43.9 * 60000,
  issuer: 'https://login.example', scope: 'issues:read issues:write',
};
const entries = verb === 'login' ? { [name + '|' + hash.slice(0, 16)]: login } : {};
writeFileSync(join(home, '.credentials.json'), JSON.stringify({ mcpOAuth: entries }));
console.log(verb === 'login' ? 'Authenticated with "' + name + '".' : 'Signed out of "' + name + '".');
`;

interface SignInWindow {
  readonly window: Workbench;
  /** Claude Code's own folder. */
  readonly claudeFolder: string;
}

async function openSignInWindow(
  colorTheme: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<SignInWindow> {
  const home = createTemporaryFolder();
  const claudeFolder = join(home, '.claude');
  mkdirSync(claudeFolder);
  const claude = join(home, 'claude');
  writeFileSync(claude, standIn);
  chmodSync(claude, 0o755);
  const folder = join(home, 'corner-shop');
  mkdirSync(folder);
  const url = 'http://127.0.0.1:9/mcp';
  const mcpServers = {
    tracker: { type: 'http', url, headers: { 'X-Team': 'shop' } },
    issues: { type: 'http', url, headers: { Authorization: 'Bearer ${ISSUES_TOKEN:-}' } },
    search: { command: 'node', args: ['search.js'] },
  };
  writeFileSync(join(folder, '.mcp.json'), `${JSON.stringify({ mcpServers }, null, 2)}\n`);
  const window = await openWindow({
    workspace: folder,
    colorTheme,
    settings,
    machineSettings: { 'mcpAuth.claude.path': claude },
    env: { HOME: home, USERPROFILE: home },
  });
  return { window, claudeFolder };
}

function approve(claudeFolder: string): void {
  const settings = JSON.stringify({ enabledMcpjsonServers: ['tracker'] });
  writeFileSync(join(claudeFolder, 'settings.json'), settings);
}

describe('signing in within Claude Code', () => {
  let window: Workbench;
  let claudeFolder: string;

  before(async function () {
    this.timeout(240_000);
    ({ window, claudeFolder } = await openSignInWindow('Default Dark Modern'));
  });
  after(() => window.close());

  const row = (name: RegExp) => window.page.getByRole('treeitem', { name });

  it('is refused beforehand, with the reason, where Claude Code would refuse it', async () => {
    await window.openView('MCP Auth');
    await row(/^tracker, /).waitFor();
    await window.openFile('.mcp.json');
    await window.runCommand('MCP Auth: Sign In…');
    await window.choices.filter({ hasText: 'is a local program' }).waitFor();
    await window.screenshot('sign-in-choices-dark');
    await window.choose('issues');
    const header = await window.waitForNotification('Remove the header to sign in by OAuth');
    await header.locator('.codicon-notifications-clear').click();
    await window.runCommand('MCP Auth: Sign In…');
    await window.choose('tracker');
    const pending = await window.waitForNotification('nobody has agreed yet');
    await pending.getByRole('button', { name: 'Start Claude Code' }).waitFor();
    await window.screenshot('sign-in-pending-dark');
    await pending.locator('.codicon-notifications-clear').click();
    assert.ok(!existsSync(join(claudeFolder, 'calls')), 'nothing was started');
  });

  it('runs in a terminal, and the row says for how long once a person agrees', async function () {
    this.timeout(120_000);
    approve(claudeFolder);
    await window.runCommand('MCP Auth: Sign In…');
    await window.choose('tracker');
    const question = await window.waitForNotification('MCP Auth reads which servers are signed in');
    await window.screenshot('sign-in-consent-dark');
    await question.getByRole('button', { name: 'Show Sign-Ins' }).click();
    await row(/^tracker, OAuth, signed in, 4\d min left/).waitFor();
    await window.screenshot('signed-in-dark');
    const calls = readFileSync(join(claudeFolder, 'calls'), 'utf8');
    assert.equal(calls, '["mcp","login","tracker"]\n');
  });

  it('is announced as lost when an edit is saved, and comes back with undo', async () => {
    await window.openFile('.mcp.json');
    await window.clickText('"shop"');
    await window.page.keyboard.press('ArrowRight');
    await window.page.keyboard.type('x');
    await row(/^tracker, OAuth, signed out by a change of its headers/).waitFor();
    await window.save();
    const lost = await window.waitForNotification(
      'signed out of tracker by the change of its headers',
    );
    await window.screenshot('signed-out-by-edit-dark');
    await lost.getByRole('button', { name: 'Undo the Change' }).click();
    await row(/^tracker, OAuth, signed in, 4\d min left/).waitFor();
    assert.match(readFileSync(join(window.folder, '.mcp.json'), 'utf8'), /"X-Team": "shop"/);
  });

  it('ends with a question', async () => {
    await window.runCommand('MCP Auth: Sign Out in Claude Code…');
    await window.choose('tracker');
    const dialog = await window.waitForDialog('Sign out of tracker in Claude Code?');
    await window.screenshot('sign-out-dark');
    await dialog.getByRole('button', { name: 'Sign Out', exact: true }).click();
    await row(/^tracker, OAuth, not tested/).waitFor();
    assert.match(
      readFileSync(join(claudeFolder, 'calls'), 'utf8'),
      /\["mcp","logout","tracker"\]\n$/,
    );
  });

  it('shows its details in a light theme', async function () {
    this.timeout(240_000);
    const light = await openSignInWindow('Default Light Modern', {
      'mcpAuth.claude.readSignIns': 'always',
    });
    approve(light.claudeFolder);
    await light.window.openView('MCP Auth');
    await light.window.page.getByRole('treeitem', { name: /^tracker, / }).waitFor();
    await light.window.runCommand('MCP Auth: Sign In…');
    await light.window.choose('tracker');
    const tracker = light.window.page.getByRole('treeitem', {
      name: /^tracker, OAuth, signed in, 4\d min left/,
    });
    await tracker.click();
    await light.window.page.locator('.statusbar', { hasText: 'Ln 3, Col 5' }).waitFor();
    // The click went on to the entry in the editor; this is the way back.
    await light.window.page.keyboard.press('Control+0');
    await light.window.page.keyboard.press('ArrowRight');
    await light.window.page
      .getByRole('treeitem', { name: /^In Claude Code: signed in, .* by https:\/\/login\.example/ })
      .waitFor();
    await light.window.screenshot('signed-in-light');
    await light.window.close();
  });
});
