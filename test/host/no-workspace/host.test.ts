import assert from 'node:assert/strict';
import { workspace } from 'vscode';

describe('the window without a folder', () => {
  it('has no workspace', () => {
    assert.deepEqual([workspace.name, workspace.workspaceFolders], [undefined, undefined]);
  });
});
