import { openWindow } from './support/window';

describe('a window with the packaged extension', () => {
  it('has the MCP Auth icon in the activity bar, which opens the servers', async () => {
    const window = await openWindow({ workspace: 'single' });
    await window.openView('MCP Auth');
    await window.treeItems.filter({ hasText: 'docs' }).waitFor();
    await window.screenshot('activity-bar');
    await window.close();
  });
});
