import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import manifest from '../../../package.json';
import { activateExtension, closeAll } from '../support';

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
});
