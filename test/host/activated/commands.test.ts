import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import * as vscode from 'vscode';
import manifest from '../../../package.json';
import {
  activateExtension,
  closeAll,
  inWorkspace,
  open,
  readText,
  waitForRules,
  writeText,
} from '../support';

describe('commands', () => {
  before(activateExtension);
  afterEach(closeAll);

  it('of the manifest all have somebody who runs them', async () => {
    const known = new Set(await vscode.commands.getCommands(true));
    const missing = manifest.contributes.commands.filter(({ command }) => !known.has(command));
    assert.deepEqual(missing, []);
  });

  it('Explain a Problem opens the page that ships with the extension', async () => {
    const opened = new Promise<readonly string[]>((resolve) => {
      const subscription = vscode.window.tabGroups.onDidChangeTabs((event) => {
        subscription.dispose();
        resolve(event.opened.map(({ label }) => label));
      });
    });
    await vscode.commands.executeCommand('mcpAuth.rule.explain', 'secret-literal');
    assert.match((await opened).join(), /rule\.md/);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('Sign In hands the name of a server to Claude Code as one argument, whatever is in it', async () => {
    const seen = inWorkspace('claude-arguments');
    const claude = inWorkspace('claude-stand-in');
    await writeText(claude, `#!/bin/sh\nprintf '%s\\n' "$PWD" "$@" > '${seen.fsPath}'\n`);
    chmodSync(claude.fsPath, 0o755);
    const name = "-$(touch pwned) `x` q' ;é";
    const uri = inWorkspace('signin', '.mcp.json');
    const entry = { type: 'http', url: 'http://127.0.0.1:9/mcp' };
    await writeText(uri, JSON.stringify({ mcpServers: { [name]: entry } }));
    await waitForRules(uri, []);
    const document = await open(uri);
    const settings = vscode.workspace.getConfiguration('mcpAuth');
    const target = vscode.ConfigurationTarget.Global;
    await settings.update('claude.path', claude.fsPath, target);
    try {
      const ended = new Promise<number | undefined>((resolve) => {
        const subscription = vscode.tasks.onDidEndTaskProcess(({ exitCode }) => {
          subscription.dispose();
          resolve(exitCode);
        });
      });
      const id = JSON.stringify([document.uri.toString(), 'mcpServers', name]);
      await vscode.commands.executeCommand('mcpAuth.server.signIn', { id });
      assert.equal(await ended, 0);
      const lines = (await readText(seen)).split('\n');
      assert.deepEqual(lines, [inWorkspace('signin').fsPath, 'mcp', 'login', '--', name, '']);
    } finally {
      await settings.update('claude.path', undefined, target);
    }
  });
});
