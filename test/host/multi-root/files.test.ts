import * as vscode from 'vscode';
import { activateExtension, waitForRules, writeText } from '../support';

describe('in a workspace of several folders', () => {
  before(activateExtension);

  it('each folder has its own configuration and its own settings for rules', async () => {
    const [first, second] = vscode.workspace.workspaceFolders ?? [];
    if (first === undefined || second === undefined) {
      throw new Error('The workspace has fewer than two folders.');
    }
    const settings = vscode.Uri.joinPath(first.uri, '.vscode', 'settings.json');
    await writeText(settings, '{"mcpAuth.rules": {"server-type-missing": "off"}}');
    const text = '{"mcpServers": {"a": {"url": "http://h.example"}}}';
    const uris = [first, second].map(({ uri }) => vscode.Uri.joinPath(uri, 'nested', '.mcp.json'));
    await Promise.all(uris.map((uri) => writeText(uri, text)));
    await waitForRules(uris[0] ?? first.uri, ['url-insecure']);
    await waitForRules(uris[1] ?? second.uri, ['server-type-missing', 'url-insecure']);
    await Promise.all(uris.map((uri) => vscode.workspace.fs.delete(uri)));
  });

  it('a problem is accepted in its own folder, by the path within it', async () => {
    const [first, second] = vscode.workspace.workspaceFolders ?? [];
    if (first === undefined || second === undefined) {
      throw new Error('The workspace has fewer than two folders.');
    }
    const uris = [first, second].map(({ uri }) => vscode.Uri.joinPath(uri, 'same', '.mcp.json'));
    const text = '{"mcpServers": {"a": {"type": "http", "url": "http://h.example"}}}';
    await Promise.all(uris.map((uri) => writeText(uri, text)));
    await Promise.all(uris.map((uri) => waitForRules(uri, ['url-insecure'])));
    const entry = { file: 'same/.mcp.json', rule: 'url-insecure', reason: 'r' };
    const target = vscode.ConfigurationTarget.WorkspaceFolder;
    const settings = vscode.workspace.getConfiguration('mcpAuth', second);
    await settings.update('suppressed', [entry], target);
    await waitForRules(uris[1] ?? second.uri, []);
    await waitForRules(uris[0] ?? first.uri, ['url-insecure']);
    await settings.update('suppressed', undefined, target);
    await Promise.all(uris.map((uri) => vscode.workspace.fs.delete(uri)));
  });
});
