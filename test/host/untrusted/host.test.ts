import assert from 'node:assert/strict';
import { workspace } from 'vscode';

describe('the window in Restricted Mode', () => {
  it('does not trust the workspace', () => {
    assert.equal(workspace.isTrusted, false);
  });
});
