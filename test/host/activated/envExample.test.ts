import assert from 'node:assert/strict';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import {
  activateExtension,
  closeAll,
  inWorkspace,
  open,
  waitForRules,
  writeText,
} from '../support';

const text = JSON.stringify({
  mcpServers: {
    docs: {
      type: 'http',
      url: 'https://${DOCS_HOST:-docs.example}/mcp',
      headers: { 'X-Team': '${MCP_AUTH_TEST_TEAM}' },
    },
  },
});
const team = '# For docs.\nMCP_AUTH_TEST_TEAM=\n';
const host = '# For docs, which has a default for it.\n# DOCS_HOST=\n';

describe('.env.example', () => {
  before(activateExtension);
  afterEach(closeAll);

  async function update(folder: string): Promise<vscode.TextDocument> {
    const uri = inWorkspace(folder, '.mcp.json');
    await writeText(uri, text);
    await waitForRules(uri, ['variable-unset']);
    await vscode.commands.executeCommand('mcpAuth.envExample.update', { uri: uri.toString() });
    const { document } = vscode.window.activeTextEditor ?? assert.fail('nothing is open');
    assert.equal(document.uri.toString(), inWorkspace(folder, '.env.example').toString());
    return document;
  }

  it('is created, open and ready to be saved', async () => {
    const document = await update('example-new');
    assert.equal(document.getText(), `${host}\n${team}`);
  });

  it('is added to, keeps what is in it, and undoes in one step', async () => {
    const before = `# ours\nDOCS_HOST=docs.example\n`;
    await writeText(inWorkspace('example-old', '.env.example'), before);
    const document = await update('example-old');
    assert.equal(document.getText(), `${before}\n${team}`);
    await open(document.uri);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
  });

  it('is not opened where it is a link that leads out of the workspace', async () => {
    const outside = join(homedir(), 'outside.env.example');
    writeFileSync(outside, 'A=\n');
    const uri = inWorkspace('example-linked', '.mcp.json');
    await writeText(uri, text);
    symlinkSync(outside, inWorkspace('example-linked', '.env.example').fsPath);
    await waitForRules(uri, ['variable-unset']);
    await vscode.commands.executeCommand('mcpAuth.envExample.update', { uri: uri.toString() });
    assert.equal(vscode.window.activeTextEditor, undefined);
    assert.deepEqual(
      vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty),
      [],
    );
    assert.equal(readFileSync(outside, 'utf8'), 'A=\n');
  });

  it('is opened and left alone where nothing is missing', async () => {
    const before = 'DOCS_HOST=\n#MCP_AUTH_TEST_TEAM=\n';
    await writeText(inWorkspace('example-full', '.env.example'), before);
    const document = await update('example-full');
    assert.equal(document.getText(), before);
    assert.equal(document.isDirty, false);
  });
});
