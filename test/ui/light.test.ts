import { openDemoWindow, type DemoWindow } from './support/demoWindow';
import { createProject } from './support/project';
import type { Workbench } from './support/workbench';

describe('in a light theme and a narrow side bar', () => {
  let opened: DemoWindow;
  let window: Workbench;

  before(async function () {
    this.timeout(180_000);
    opened = await openDemoWindow(createProject, {
      colorTheme: 'Default Light Modern',
      viewport: { width: 1000, height: 640 },
    });
    ({ window } = opened);
  });
  after(() => opened.close());

  it('the lightbulb offers the places where a value can go', async () => {
    await window.openFile('.mcp.json');
    await window.squiggles('error').nth(1).waitFor();
    const actions = await window.openLightbulb('Bearer ghp_', 'keep the value in .env');
    await actions.filter({ hasText: 'copy a line for the shell' }).waitFor();
    await window.screenshot('lightbulb-light');
    await window.page.keyboard.press('Escape');
  });

  it('a row opens with the keyboard alone, and its details are there', async () => {
    await window.openView('MCP Auth');
    const payments = window.page.getByRole('treeitem', { name: /^payments, / });
    await payments.click();
    await window.page.locator('.statusbar', { hasText: 'Ln 27, Col 5' }).waitFor();
    // The click went on to the entry in the editor; this is the way back.
    await window.page.keyboard.press('Control+0');
    await window.page.keyboard.press('ArrowRight');
    await window.page.getByRole('treeitem', { name: 'PAYMENTS_TOKEN: not set' }).waitFor();
    await window.screenshot('details-light');
    await window.page.keyboard.press('ArrowLeft');
    await window.page
      .getByRole('treeitem', { name: 'Method: Bearer' })
      .waitFor({ state: 'detached' });
  });
});
