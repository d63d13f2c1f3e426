import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import {
  activateExtension,
  closeAll,
  inWorkspace,
  open,
  replaceAll,
  waitForRules,
  writeText,
} from '../support';

const entry = (value: string) =>
  JSON.stringify({
    mcpServers: {
      docs: { type: 'http', url: 'https://docs.example/mcp', headers: { 'X-Team': value } },
      'a|b': { type: 'http', url: 'https://h.example/${MCP_AUTH_TEST_NOT_SET:-v1}' },
      broken: { url: 'https://broken.example' },
    },
  });

/** The document that tells it, once its text is as it should be. */
async function waitForExplanation(expected: RegExp): Promise<string> {
  for (;;) {
    const texts = vscode.workspace.textDocuments
      .filter(({ uri }) => uri.scheme === 'mcp-auth-becomes')
      .map((document) => document.getText());
    const found = texts.find((text) => expected.test(text));
    if (found !== undefined) {
      return found;
    }
    await new Promise<void>((resolve) => {
      const subscriptions = [
        vscode.workspace.onDidOpenTextDocument(() => settle()),
        vscode.workspace.onDidChangeTextDocument(() => settle()),
      ];
      const settle = () => {
        vscode.Disposable.from(...subscriptions).dispose();
        resolve();
      };
    });
  }
}

describe('what a value becomes', () => {
  before(activateExtension);
  afterEach(closeAll);

  it('is told of one variable, and follows the file and the variables', async () => {
    const uri = inWorkspace('becomes', '.mcp.json');
    await writeText(uri, entry('${MCP_AUTH_TEST_TEAM}'));
    await waitForRules(uri, ['variable-unset', 'server-name-unaddressable', 'server-type-missing']);
    const document = await open(uri);
    const name = 'MCP_AUTH_TEST_TEAM';
    await vscode.commands.executeCommand('mcpAuth.variable.explain', { uri: uri.toString(), name });
    const text = await waitForExplanation(/the server gets the text `\$\{MCP_AUTH_TEST_TEAM\}`/);
    assert.deepEqual(
      text
        .split('\n')
        .filter((line) => /^(?:#|\| `)/.test(line))
        .map((line) => line.split(' | ')[0]),
      ['# What `MCP_AUTH_TEST_TEAM` becomes', '## docs', '| `headers.X-Team`'],
    );
    await replaceAll(document, entry('${MCP_AUTH_TEST_TEAM:-blue}'));
    await waitForExplanation(
      /\| `blue` \| `MCP_AUTH_TEST_TEAM` is not set, so its default is used/,
    );
    await writeText(inWorkspace('becomes', '.env'), 'MCP_AUTH_TEST_TEAM=hunter-one\n');
    await replaceAll(document, entry('${MCP_AUTH_TEST_TEAM}'));
    const kept = await waitForExplanation(/It is in [^ ]*\.env/);
    assert.doesNotMatch(kept, /hunter/);
  });

  it('follows a value that comes to refer to another variable', async () => {
    const settings = vscode.Uri.file(join(homedir(), '.claude', 'settings.json'));
    const set = (value: string) =>
      writeText(settings, JSON.stringify({ env: { MCP_AUTH_TEST_TEAM: value } }));
    await set('plain');
    const uri = inWorkspace('becomes-again', '.mcp.json');
    await writeText(uri, entry('${MCP_AUTH_TEST_TEAM}'));
    await waitForRules(uri, ['server-name-unaddressable', 'server-type-missing']);
    const name = 'MCP_AUTH_TEST_TEAM';
    await vscode.commands.executeCommand('mcpAuth.variable.explain', { uri: uri.toString(), name });
    try {
      await waitForExplanation(/`MCP_AUTH_TEST_TEAM` is set in/);
      await set('${MCP_AUTH_TEST_INNER}');
      await waitForExplanation(/`MCP_AUTH_TEST_TEAM` refers to a variable that is not set/);
    } finally {
      await vscode.workspace.fs.delete(settings);
      await waitForRules(uri, [
        'variable-unset',
        'server-name-unaddressable',
        'server-type-missing',
      ]);
    }
  });

  it('is told of a row of the view, with the reason where it does not load', async () => {
    const uri = inWorkspace('becomes-all', '.mcp.json');
    await writeText(uri, entry('plain'));
    await waitForRules(uri, ['server-name-unaddressable', 'server-type-missing']);
    const explain = (name: string) => {
      const id = JSON.stringify([uri.toString(), 'mcpServers', name]);
      return vscode.commands.executeCommand('mcpAuth.variable.explain', { id });
    };
    await explain('a|b');
    await waitForExplanation(/## a\\\|b\n\n[^]*`https:\/\/h\.example\/v1`/);
    await explain('broken');
    await waitForExplanation(/## broken[^]*Claude Code does not load this server\. \S.*"type"/);
  });

  it('is told of the entry under the cursor', async () => {
    const uri = inWorkspace('becomes-cursor', '.mcp.json');
    await writeText(uri, entry('from-cursor'));
    await waitForRules(uri, ['server-name-unaddressable', 'server-type-missing']);
    const document = await open(uri);
    const at = document.positionAt(document.getText().indexOf('X-Team'));
    const editor = vscode.window.activeTextEditor ?? assert.fail();
    editor.selection = new vscode.Selection(at, at);
    await vscode.commands.executeCommand('mcpAuth.variable.explain');
    const text = await waitForExplanation(/from-cursor/);
    assert.doesNotMatch(text, /## broken/);
  });
});
