import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  activateExtension,
  closeAll,
  inWorkspace,
  lightbulbAt,
  open,
  rulesAt,
  waitForRules,
  writeText,
} from '../support';

describe('in a workspace that is not trusted', () => {
  before(activateExtension);
  afterEach(closeAll);

  it('problems are found, and variables are not called unset', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const uri = inWorkspace('static', '.mcp.json');
    await writeText(
      uri,
      JSON.stringify({
        mcpServers: {
          a: {
            type: 'http',
            url: 'https://h.example',
            headers: { Authorization: 'Bearer ${NOT_SET}' },
          },
          b: { url: 'https://h.example' },
        },
      }),
    );
    await waitForRules(uri, ['server-type-missing']);
  });

  it('no file that a configuration names is looked at', async () => {
    const uri = inWorkspace('helper', '.mcp.json');
    const headersHelper = 'sh ${CLAUDE_PROJECT_DIR:-.}/not-there.sh';
    const entry = { type: 'http', url: 'http://h.example/mcp', headersHelper };
    await writeText(uri, JSON.stringify({ mcpServers: { entry } }));
    await waitForRules(uri, ['url-insecure']);
    const { whenIdle } = await activateExtension();
    await whenIdle();
    assert.deepEqual(rulesAt(uri), ['url-insecure']);
  });

  it('a problem can be accepted', async () => {
    const uri = inWorkspace('accepted', '.mcp.json');
    await writeText(uri, '{"mcpServers": {"a": {"url": "https://h.example"}}}');
    await waitForRules(uri, ['server-type-missing']);
    const settings = vscode.workspace.getConfiguration('mcpAuth', uri);
    const target = vscode.ConfigurationTarget.WorkspaceFolder;
    await settings.update('suppressed', [{ rule: 'server-type-missing', reason: 'r' }], target);
    await waitForRules(uri, []);
    await settings.update('suppressed', undefined, target);
    await waitForRules(uri, ['server-type-missing']);
  });

  it('Claude Code is not opened, and nothing is stored or listed', async () => {
    const uri = inWorkspace('kept', '.mcp.json');
    await writeText(uri, '{"mcpServers": {"a": {"command": "${NOT_SET}"}}}');
    await waitForRules(uri, []);
    const argument = { uri: String(uri), name: 'NOT_SET' };
    // Each would wait for an answer if it went on.
    for (const command of ['claude.openWithSecrets', 'variable.set', 'secrets.manage']) {
      await vscode.commands.executeCommand(`mcpAuth.${command}`, argument);
    }
    assert.deepEqual(vscode.window.terminals, []);
  });

  it('a literal can be copied, but no file is written and git is not asked', async () => {
    const uri = inWorkspace('literal', '.mcp.json');
    const headers = { 'X-API-Key': '3f9d2b7c81e64a05'.repeat(2) };
    const entry = { type: 'http', url: 'https://h.example', headers };
    await writeText(uri, JSON.stringify({ mcpServers: { a: entry } }));
    await open(uri);
    await waitForRules(uri, ['secret-literal']);
    const titles = [...(await lightbulbAt(uri, 'secret-literal')).keys()];
    assert.deepEqual(titles, ['Move to ${A_API_KEY} and copy the value once']);
  });
});
