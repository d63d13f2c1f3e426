import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  activateExtension,
  closeAll,
  inWorkspace,
  lensesAt,
  open,
  waitForRules,
  writeText,
} from '../support';

const url = 'http://127.0.0.1:9/mcp';

describe('the lenses over servers', () => {
  before(activateExtension);
  afterEach(closeAll);

  it('say the state of each entry, and what can be done with it', async () => {
    const uri = inWorkspace('lenses', '.mcp.json');
    const servers = { plain: { type: 'http', url }, broken: { url }, local: { command: 'run' } };
    await writeText(uri, JSON.stringify({ mcpServers: servers }, null, 2));
    await open(uri);
    await waitForRules(uri, ['server-type-missing']);
    assert.deepEqual(await lensesAt(uri), [
      '3: not tested',
      '3: Test → mcpAuth.server.test',
      '3: Sign In → mcpAuth.server.signIn',
      '7: will not load',
      '10: not tested',
      '10: Test → mcpAuth.server.test',
    ]);
  });

  it('are gone with the setting', async () => {
    const uri = inWorkspace('lenses', '.mcp.json');
    await open(uri);
    const settings = vscode.workspace.getConfiguration('mcpAuth');
    const target = vscode.ConfigurationTarget.Workspace;
    await settings.update('codeLens', false, target);
    try {
      assert.deepEqual(await lensesAt(uri), []);
    } finally {
      await settings.update('codeLens', undefined, target);
    }
  });
});
