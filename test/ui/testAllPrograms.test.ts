import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoEntries } from '../demo/demoEntries';
import type { DemoServers } from '../demo/servers/startDemoServers';
import { createTemporaryFolder } from '../environment/temporaryFolder';
import { openDemoWindow, type DemoWindow } from './support/demoWindow';
import { closeReport, report } from './support/report';
import type { Workbench } from './support/workbench';

/** A project whose one server is a program. */
function createProject(demo: DemoServers): string {
  const folder = join(createTemporaryFolder(), 'one-program');
  mkdirSync(folder);
  const { stdio } = demoEntries(demo);
  writeFileSync(
    join(folder, '.mcp.json'),
    `${JSON.stringify({ mcpServers: { stdio } }, null, 2)}\n`,
  );
  return folder;
}

describe('Test All Servers where programs alone are left to agree to', () => {
  let opened: DemoWindow;
  let window: Workbench;

  before(async function () {
    this.timeout(180_000);
    opened = await openDemoWindow(createProject);
    ({ window } = opened);
    await window.openView('MCP Auth');
  });
  after(() => opened.close());

  const program = () => window.choices.filter({ hasText: 'stdioServer.mjs' });
  const row = () => window.page.getByRole('treeitem', { name: /^stdio, / });

  it('lists them, and starts none that is not ticked', async () => {
    await row().waitFor();
    await window.runCommand('MCP Auth: Test All Servers');
    await program().waitFor();
    assert.equal(await program().getByRole('checkbox').isChecked(), false);
    await window.screenshot('test-all-programs');
    await window.page.keyboard.press('Enter');
    await report(window).getByText('was not chosen to be started').waitFor();
    assert.deepEqual(opened.demo.received('stdio').list, []);
    await closeReport(window);
  });

  it('starts one that is ticked', async () => {
    await window.runCommand('MCP Auth: Test All Servers');
    await program().waitFor();
    await window.choose('stdio');
    await window.page.getByText('1 Selected').waitFor();
    await window.page.keyboard.press('Enter');
    await row().filter({ hasText: 'accepted' }).waitFor();
    assert.ok(opened.demo.received('stdio').list.length > 0);
  });
});
