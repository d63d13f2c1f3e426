import assert from 'node:assert/strict';
import { workspace } from 'vscode';

describe('the window with two folders', () => {
  it('has both, and a configuration in each', async () => {
    const names = workspace.workspaceFolders?.map((folder) => folder.name);
    const files = await workspace.findFiles('**/.mcp.json');
    assert.deepEqual(
      [names, files.map((file) => workspace.asRelativePath(file)).sort()],
      [
        ['api', 'web'],
        ['api/.mcp.json', 'web/.mcp.json'],
      ],
    );
  });
});
