import assert from 'node:assert/strict';
import { extensions, version } from 'vscode';

describe('the extension host', () => {
  it('is the version of VS Code that was asked for', () => {
    assert.equal(version, process.env['VSCODE_HOST']);
  });

  it('activates the extension when a workspace with .mcp.json is opened', async () => {
    const extension = extensions.getExtension('mcp-auth-setup.mcp-auth-setup');
    assert.ok(extension);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
