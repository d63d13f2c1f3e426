import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { activateExtension, closeAll, open, waitForRules } from '../support';

describe('without a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mcp-auth-'));
  before(activateExtension);
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
});
