import assert from 'node:assert/strict';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { changeDenyRules } from '../../../src/core/denyTools/changeDenyRules';
import { readSettings, writeSettings } from '../../../src/vscode/claudeCode/projectSettings';
import {
  activateExtension,
  closeAll,
  inWorkspace,
  open,
  readText,
  waitForRules,
  writeText,
} from '../support';

const changes = { add: ['mcp__a__wipe'], remove: ['mcp__a__list'] };

describe('Deny Tools', () => {
  before(activateExtension);
  afterEach(closeAll);

  const settingsIn = (folder: string) => inWorkspace(folder, '.claude', 'settings.json');

  async function change(uri: vscode.Uri): Promise<vscode.TextDocument> {
    const before = await readSettings(uri);
    await writeSettings(uri, before, changeDenyRules(before, changes));
    const { document } = vscode.window.activeTextEditor ?? assert.fail('nothing is open');
    assert.equal(document.uri.toString(), uri.toString());
    assert.equal(document.isDirty, false);
    assert.equal(await readText(uri), document.getText());
    return document;
  }

  it('makes the settings where there are none, saved and open', async () => {
    const document = await change(settingsIn('deny-new'));
    assert.deepEqual(JSON.parse(document.getText()), { permissions: { deny: ['mcp__a__wipe'] } });
  });

  it('leaves comments and rules of others, and undoes in one step', async () => {
    const uri = settingsIn('deny-old');
    const before =
      '{\n  // ours\n  "permissions": {\n    "deny": ["Bash(rm:*)", "mcp__a__list"]\n  }\n}\n';
    await writeText(uri, before);
    const document = await change(uri);
    assert.equal(document.getText(), before.replace('mcp__a__list', 'mcp__a__wipe'));
    await open(uri);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
    await document.save();
  });

  /** Refused before anything is asked or sent: the command would wait for an answer if it went on. */
  async function deny(folder: string): Promise<void> {
    const uri = inWorkspace(folder, '.mcp.json');
    const a = { type: 'http', url: 'http://127.0.0.1:9/mcp' };
    // What is wrong with the second shows that the file was read.
    await writeText(uri, JSON.stringify({ mcpServers: { a, b: { url: a.url } } }));
    await waitForRules(uri, ['server-type-missing']);
    const id = JSON.stringify([uri.toString(), 'mcpServers', 'a']);
    await vscode.commands.executeCommand('mcpAuth.denyTools', { id });
  }

  it('does nothing where the settings are a link that leads out of the workspace', async () => {
    const outside = join(homedir(), 'outside-settings.json');
    writeFileSync(outside, '{}');
    const uri = settingsIn('deny-linked');
    await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(uri, '..'));
    symlinkSync(outside, uri.fsPath);
    await deny('deny-linked');
    assert.equal(readFileSync(outside, 'utf8'), '{}');
  });

  it('does nothing where the settings have changes that are not saved', async () => {
    const uri = settingsIn('deny-dirty');
    await writeText(uri, '{}');
    const document = await open(uri);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 1), ' ');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await deny('deny-dirty');
    assert.equal(document.getText(), '{ }');
    assert.equal(await readText(uri), '{}');
    await document.save();
  });

  it('does nothing where the settings are no JSON', async () => {
    const uri = settingsIn('deny-broken');
    await writeText(uri, '{"permissions": [');
    await deny('deny-broken');
    assert.equal(await readText(uri), '{"permissions": [');
  });
});
