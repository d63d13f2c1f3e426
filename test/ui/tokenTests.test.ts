import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { DemoServers } from '../demo/servers/startDemoServers';
import { openDemoWindow, type DemoWindow } from './support/demoWindow';
import { createDemoProject } from './support/project';
import { closeReport, report } from './support/report';
import type { Workbench } from './support/workbench';

/** What Test All says of each demo server that is remote: in the view, and in the summary. */
const outcomes: Readonly<Record<string, readonly [state: string, headline: string]>> = {
  open: ['accepted', 'Accepted: the server lists'],
  bearer: ['accepted', 'Accepted: the server lists'],
  'api-key': ['accepted', 'Accepted: the server lists'],
  stateless: ['accepted', 'Accepted: the server lists'],
  sse: ['accepted', 'Accepted: the server lists'],
  ws: ['accepted', 'Accepted: the server lists'],
  oauth: ['rejected (401)', 'Rejected (401)'],
  'oauth-device': ['rejected (401)', 'Rejected (401)'],
  'oauth-no-registration': ['rejected (401)', 'Rejected (401)'],
  'oauth-short': ['rejected (401)', 'Rejected (401)'],
  unauthorized: ['rejected (401)', 'Rejected (401)'],
  'unauthorized-silent': ['rejected (401)', 'Rejected (401)'],
  forbidden: ['forbidden (403)', 'Forbidden (403)'],
  'insufficient-scope': [
    'forbidden (403): needs scope issues:write',
    'Forbidden (403): the token needs',
  ],
  'not-found': ['wrong endpoint (404)', 'Wrong endpoint (404)'],
  'method-not-allowed': ['wrong endpoint (405)', 'Wrong endpoint (405)'],
  'not-acceptable': ['wrong endpoint (406)', 'Wrong endpoint (406)'],
  'server-error': ['server error (500)', 'Server error (500)'],
  redirect: ['redirected (302)', 'Redirected (302)'],
  'redirect-host': ['redirected (302)', 'Redirected (302)'],
  'login-page': ['not MCP', 'Not MCP: the answer is a web page'],
  hang: ['unreachable', 'Unreachable'],
  'self-signed': ['unreachable', 'Unreachable'],
  refused: ['unreachable', 'Unreachable'],
};

/** Started on this machine, for which each has to be chosen. */
const programs = ['stdio'];

function row(window: Workbench, name: string): Locator {
  return window.page.getByRole('treeitem', { name: new RegExp(`^${name}, `) });
}

for (const [colorTheme, picture, viewport] of [
  ['Default Dark Modern', 'dark', { width: 1280, height: 900 }],
  ['Default Light Modern', 'light', { width: 900, height: 800 }],
] as const) {
  describe(`tests of servers (${picture})`, () => {
    let demo: DemoServers;
    let opened: DemoWindow;
    let window: Workbench;

    before(async function () {
      this.timeout(180_000);
      opened = await openDemoWindow(createDemoProject, {
        colorTheme,
        viewport,
        settings: { 'remote.autoForwardPorts': false },
        machineSettings: { 'mcpAuth.test.timeoutSeconds': 6 },
      });
      ({ demo, window } = opened);
    });
    beforeEach(() => window.clearNotifications());
    after(() => opened.close());

    it('there is an outcome in the table for each demo server', () => {
      const names = demo.servers.map(({ name }) => name);
      assert.deepEqual([...Object.keys(outcomes), ...programs].sort(), names.sort());
    });

    it('all servers are tested after one list of what will be sent', async function () {
      this.timeout(120_000);
      await window.openView('MCP Auth');
      await row(window, 'open').waitFor();
      await window.runCommand('MCP Auth: Test All Servers');
      await window.choices
        .filter({ hasText: 'Authorization: Bearer ${DEMO_BEARER_TOKEN}' })
        .first()
        .waitFor();
      await window.screenshot(`test-all-consent-${picture}`);
      const sent = demo.servers.flatMap(({ received }) => received.list);
      assert.deepEqual(sent, []);
      await window.page.keyboard.press('Enter');
      await window.waitForNotification(`Testing ${Object.keys(outcomes).length} servers`);
      await row(window, 'hang').filter({ hasText: 'testing…' }).waitFor();
      await window.screenshot(`test-all-progress-${picture}`);
      const body = report(window);
      await body.getByRole('heading', { name: 'Test of all servers' }).waitFor();
      await window.screenshot(`test-all-summary-${picture}`);
      const lines = await body.locator('tbody tr').all();
      const cells = await Promise.all(lines.map((line) => line.locator('td').allInnerTexts()));
      const headlines = new Map(cells.map(([name = '', headline = '']) => [name, headline]));
      for (const [name, [state, headline]] of Object.entries(outcomes)) {
        assert.ok(headlines.get(name)?.startsWith(headline), `${name}: ${headlines.get(name)}`);
        await row(window, name)
          .filter({ hasText: `${state} ` })
          .waitFor();
      }
      assert.match(headlines.get('stdio') ?? '', /was not chosen to be started/);
      assert.equal(headlines.size, Object.keys(outcomes).length + programs.length);
      await closeReport(window);
    });

    it('a program is started after its command was shown', async () => {
      await window.runCommand('MCP Auth: Test Server');
      await window.answer('stdio', { submit: false });
      await window.choose('stdio');
      const dialog = await window.waitForDialog('Start stdio to test it?');
      await window.screenshot(`start-consent-${picture}`);
      assert.match(await dialog.innerText(), /stdioServer\.mjs[^]*DEMO_STDIO_TOKEN/);
      assert.deepEqual(demo.received('stdio').list, []);
      await dialog.getByRole('button', { name: 'Start', exact: true }).click();
      await window.waitForNotification('stdio: Accepted: the server lists');
      await row(window, 'stdio').filter({ hasText: 'accepted' }).waitFor();
      await window.page.keyboard.press('Escape');
    });

    it('what to do next is a button: the address that a redirect names', async () => {
      await window.runCommand('MCP Auth: Test Server');
      await window.answer('redirect', { submit: false });
      await window.choose('redirect');
      const message = await window.waitForNotification('redirect: Redirected (302)');
      await window.screenshot(`next-action-${picture}`);
      await message.getByRole('button', { name: 'Replace the URL' }).click();
      await window.tab('.mcp.json').waitFor();
      await row(window, 'redirect').filter({ hasText: 'not tested since this change' }).waitFor();
      await window.undo();
      await row(window, 'redirect').filter({ hasText: 'redirected (302)' }).waitFor();
      await window.runCommand('View: Close All Editors');
    });

    it('a certificate is left unverified for one run, after a warning', async () => {
      await window.runCommand('MCP Auth: Test Server');
      await window.answer('self-signed', { submit: false });
      await window.choose('self-signed');
      const message = await window.waitForNotification('self-signed: Unreachable');
      await message.getByRole('button', { name: 'Test Without Verifying…' }).click();
      const dialog = await window.waitForDialog('once without verifying its certificate');
      await window.screenshot(`unverified-${picture}`);
      await dialog.getByRole('button', { name: 'Test Without Verifying', exact: true }).click();
      await window.waitForNotification('by a server whose certificate was not verified');
      await row(window, 'self-signed').filter({ hasText: 'accepted, not verified' }).waitFor();
    });

    const comparisons: readonly (readonly [server: string, verdict: string])[] = [
      [
        'bearer',
        'bearer: The credential matters: the server takes it, and answers nothing without it.',
      ],
      ['open', 'open: The server answers without a credential as well: initialize and tools/list'],
      ['api-key', 'without it. Needed: X-API-Key and X-API-Secret.'],
    ];
    for (const [server, verdict] of comparisons) {
      it(`with and without the credential of ${server}`, async () => {
        await window.runCommand('MCP Auth: Test With and Without the Credential');
        await window.answer(server, { submit: false });
        await window.choose(server);
        const dialog = await window.waitForDialog('Send test requests to 127.0.0.1');
        assert.match(await dialog.innerText(), new RegExp(`Server ${server}:`));
        await window.screenshot(`compare-consent-${server}-${picture}`);
        await dialog.getByRole('button', { name: 'Send', exact: true }).click();
        const message = await window.waitForNotification(verdict);
        await message.getByRole('button', { name: 'Show Report' }).click();
        const title = `With and without the credential: ${server}`;
        await report(window).getByRole('heading', { name: title }).waitFor();
        await window.screenshot(`compare-${server}-${picture}`);
        await closeReport(window);
      });
    }

    it('a test that is cancelled leaves the state that was before', async () => {
      await row(window, 'hang').filter({ hasText: 'unreachable' }).waitFor();
      await window.runCommand('MCP Auth: Test Server');
      await window.answer('hang', { submit: false });
      await window.choose('hang');
      // The request was approved in the list of all, so nothing is asked.
      const message = await window.waitForNotification('Testing hang');
      await row(window, 'hang').filter({ hasText: 'testing…' }).waitFor();
      await message.hover();
      await message.getByRole('button', { name: 'Cancel' }).click();
      await row(window, 'hang').filter({ hasText: 'unreachable' }).waitFor();
      await message.waitFor({ state: 'detached' });
    });

    it('the lens over an entry has its state, and tests it', async () => {
      await window.openFile('.mcp.json');
      // The editor comes back where it was left.
      await window.page.keyboard.press('Control+Home');
      const lenses = window.page.locator('.codelens-decoration');
      await lenses.filter({ hasText: '✓ accepted' }).first().waitFor();
      await lenses.filter({ hasText: 'Start' }).first().waitFor();
      await window.screenshot(`lens-${picture}`);
      await window.clickLens(lenses.first(), 'Test', demo.received('open').next());
      await window.waitForNotification('open: Accepted');
    });

    it('a change of the entry takes its test away, and undo brings it back', async () => {
      const lens = window.page.locator('.codelens-decoration').first();
      await window.clickText(demo.url('open'));
      await window.page.keyboard.press('End');
      await window.page.keyboard.press('ArrowLeft');
      await window.page.keyboard.press('ArrowLeft');
      await window.page.keyboard.type('2');
      await row(window, 'open').filter({ hasText: 'not tested since this change' }).waitFor();
      await lens.filter({ hasText: 'not tested since this change' }).waitFor();
      await window.screenshot(`changed-${picture}`);
      await window.undo();
      await row(window, 'open').filter({ hasText: 'accepted' }).waitFor();
      await lens.filter({ hasText: '✓ accepted' }).waitFor();
    });
  });
}
