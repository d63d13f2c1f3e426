import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { activateExtension, closeAll, open, waitForRules } from '../support';

describe('without a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mcp-auth-'));
  let api: Awaited<ReturnType<typeof activateExtension>>;
  before(async () => {
    api = await activateExtension();
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('a configuration has problems while it is open, and none after', async () => {
    const path = join(folder, '.mcp.json');
    writeFileSync(path, '{"mcpServers": {"a": {"url": "https://h.example"}}}');
    const uri = vscode.Uri.file(path);
    await open(uri);
    await waitForRules(uri, ['server-type-missing']);
    await closeAll();
    await waitForRules(uri, []);
  });

  it("the user's own file is read with the servers of every folder in it", async () => {
    const path = join(folder, '.claude.json');
    const servers = { mcpServers: { a: { url: 'https://h.example' } } };
    writeFileSync(path, JSON.stringify({ ...servers, projects: { '/p': servers } }));
    const uri = vscode.Uri.file(path);
    await open(uri);
    await waitForRules(uri, ['server-type-missing', 'server-type-missing']);
    const settings = vscode.workspace.getConfiguration('mcpAuth');
    const accepted = { file: path, rule: 'server-type-missing', pointer: '/mcpServers/a' };
    const target = vscode.ConfigurationTarget.Global;
    await settings.update('suppressed', [{ ...accepted, reason: 'r' }], target);
    try {
      await waitForRules(uri, ['server-type-missing']);
    } finally {
      await settings.update('suppressed', undefined, target);
    }
    await closeAll();
  });

  it('nothing is found in a document that has no file yet', async () => {
    const content = '{"mcpServers": {"a": {"url": "https://h.example"}}}';
    const document = await vscode.workspace.openTextDocument({ language: 'json', content });
    await api.whenIdle();
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
  });
});
