import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { basename, dirname, join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { DemoServers } from '../demo/servers/startDemoServers';
import { createTemporaryFolder } from '../environment/temporaryFolder';
import { runningProcesses, type RunningProcess } from '../support/processes';
import { filesWith } from '../support/traces';
import { openDemoWindow, type DemoWindow } from './support/demoWindow';
import { closeReport, report } from './support/report';
import type { Workbench } from './support/workbench';

const hostileName = '](command:x) <img src=x onerror=alert(1)> $(zap) **bold** \u202Egnp';
const hostileBody =
  '\u001b[31m<img src=x onerror=alert(1)> [go](command:x) \u202E `tick`\n# Heading';

describe('a test of a token', () => {
  let demo: DemoServers;
  let opened: DemoWindow;
  let window: Workbench;
  let hostile: Server;
  let proxy: Server;
  /** What the proxy was asked for. */
  const asked: string[] = [];

  before(async function () {
    this.timeout(180_000);
    hostile = createServer((_, response) => response.writeHead(500).end(hostileBody));
    // Another loopback address stands for a host that only the proxy reaches.
    proxy = createServer((incoming, outgoing) => {
      const { pathname, port, hostname } = new URL(incoming.url ?? '/', 'http://127.0.0.1');
      if (hostname !== '127.0.0.2') {
        return outgoing.writeHead(502).end();
      }
      asked.push(pathname);
      const { method, headers } = incoming;
      const onward = request({ host: '127.0.0.1', port, path: pathname, method, headers });
      incoming.pipe(onward).on('response', (answer) => {
        answer.pipe(outgoing.writeHead(answer.statusCode ?? 502, answer.headers));
      });
    });
    const [hostilePort, proxyPort] = [await listen(hostile), await listen(proxy)];
    opened = await openDemoWindow((servers) => createProject(servers, hostilePort), {
      settings: {
        'remote.autoForwardPorts': false,
        'http.proxy': `http://clerk:pr0xyPassw0rd@127.0.0.1:${proxyPort}`,
        'http.noProxy': ['127.0.0.1'],
      },
      machineSettings: { 'mcpAuth.test.timeoutSeconds': 60 },
    });
    ({ demo, window } = opened);
    await window.openView('MCP Auth');
    await row('hang').waitFor();
  });
  beforeEach(() => window.clearNotifications());
  after(async () => {
    await opened.close();
    for (const server of [hostile, proxy]) {
      server.closeAllConnections();
      server.close();
    }
  });

  function row(name: string): Locator {
    return window.page.locator('.sidebar [role="treeitem"]', {
      has: window.page.locator('.label-name', { hasText: name }),
    });
  }

  function curls(): readonly RunningProcess[] {
    return runningProcesses().filter(
      ({ commandLine }) => basename(String(commandLine).split('\0')[0] ?? '') === 'curl',
    );
  }

  async function startTest(name: string): Promise<void> {
    await window.runCommand('MCP Auth: Test Server');
    await window.answer(name, { submit: false });
    await window.choices.first().click();
  }

  async function send(): Promise<void> {
    const dialog = await window.waitForDialog('Send a test request to');
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  }

  async function cancel(title: string): Promise<void> {
    const message = await window.waitForNotification(title);
    await message.hover();
    await message.getByRole('button', { name: 'Cancel' }).click();
  }

  it('hands it to curl on standard input, and ends curl when it is cancelled', async () => {
    const token = demo.env['DEMO_BEARER_TOKEN'] ?? '';
    assert.notEqual(token, '');
    const arrived = demo.received('hang').next();
    await startTest('hang');
    await send();
    await row('hang').filter({ hasText: 'testing…' }).waitFor();
    await arrived;
    const running = curls();
    assert.ok(running.length > 0);
    for (const { commandLine, environment } of running) {
      assert.ok(!commandLine.includes(token) && !environment.includes(token));
    }
    await cancel('Testing hang');
    await row('hang').filter({ hasText: 'not tested' }).waitFor();
    assert.deepEqual(curls(), []);
  });

  it('leaves the token in no file, whatever was answered and shown', async () => {
    await startTest('bearer');
    await send();
    const message = await window.waitForNotification('bearer: Accepted');
    await message.getByRole('button', { name: 'Show Report' }).click();
    await report(window).getByRole('heading', { name: 'How it was tested' }).waitFor();
    const profile = dirname(window.folder);
    assert.deepEqual(filesWith(profile, demo.env['DEMO_BEARER_TOKEN'] ?? ''), []);
    await closeReport(window);
  });

  it('is asked for again when a header is another one', async () => {
    const { list } = demo.received('bearer');
    const sent = list.length;
    await startTest('bearer');
    await window.waitForNotification('bearer: Accepted');
    const sentAgain = list.length;
    assert.ok(sentAgain > sent);
    await window.openFile('.mcp.json');
    await window.clickText('X-Trace');
    await window.page.keyboard.type('New-');
    await window.save();
    await row('bearer').filter({ hasText: 'not tested since this change' }).waitFor();
    await startTest('bearer');
    const dialog = await window.waitForDialog('Send a test request to');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    assert.equal(list.length, sentAgain);
    await window.runCommand('View: Close All Editors');
  });

  it('shows a command that is too long for a dialog in the editor', async () => {
    await startTest('long');
    const dialog = await window.waitForDialog('Start long to test it?');
    assert.doesNotMatch(await dialog.innerText(), /word-0/);
    await window.screenshot('start-long');
    await dialog.getByRole('button', { name: 'Show in Editor' }).click();
    const message = await window.waitForNotification('The editor shows all of it');
    await window.lines.filter({ hasText: 'word-0' }).first().waitFor();
    await window.screenshot('start-long-editor');
    assert.deepEqual(demo.received('stdio').list, []);
    await message.getByRole('button', { name: 'Start', exact: true }).click();
    await window.waitForNotification('long: Accepted');
    await window.runCommand('View: Close All Editors');
  });

  it('shows what a server says, and what it is called, as text', async () => {
    await row('<img').waitFor();
    await startTest('<img');
    const dialog = await window.waitForDialog('Send a test request to');
    assert.equal(await dialog.locator('img, a[href]').count(), 0);
    await window.screenshot('hostile-consent');
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    const message = await window.waitForNotification('Server error (500)');
    assert.equal(await message.locator('img, a[href^="command:"], .codicon-zap').count(), 0);
    await window.screenshot('hostile-message');
    await message.getByRole('button', { name: 'Show Report' }).click();
    const body = report(window);
    await body.getByText('onerror=alert(1)').last().waitFor();
    assert.equal(await body.locator('img, a[href*="command:"], strong:text("bold")').count(), 0);
    assert.equal(await body.getByRole('heading', { name: 'Heading', exact: true }).count(), 0);
    assert.doesNotMatch(await body.locator('body').innerText(), /[\u001b\u202E]/);
    await window.screenshot('hostile-report');
    await closeReport(window);
    assert.equal(await row('<img').locator('.codicon-zap').count(), 0);
    await row('<img').hover();
    await window.page.locator('.monaco-hover:not(.hidden)').waitFor();
    assert.equal(await window.page.locator('.monaco-hover img').count(), 0);
    await window.screenshot('hostile-row');
  });

  it("goes through the user's proxy, and the report names it without its password", async () => {
    await startTest('proxied');
    await send();
    const message = await window.waitForNotification('proxied: Accepted');
    assert.ok(asked.includes('/mcp'));
    await message.getByRole('button', { name: 'Show Report' }).click();
    await report(window)
      .getByText(/Through the proxy/)
      .waitFor();
    const text = await report(window).locator('body').innerText();
    assert.match(text, /Through the proxy 127\.0\.0\.1:\d+, from http\.proxy\./);
    assert.doesNotMatch(text, /pr0xyPassw0rd/);
    await window.screenshot('report-proxy');
    await closeReport(window);
  });

  it('of all servers can be cancelled, and says which were left', async () => {
    await window.runCommand('MCP Auth: Test All Servers');
    await window.choices.filter({ hasText: 'New-' }).waitFor();
    await window.screenshot('test-all-again');
    await window.page.keyboard.press('Enter');
    await row('hang').filter({ hasText: 'testing…' }).waitFor();
    await cancel('Testing ');
    const body = report(window);
    await body.getByRole('heading', { name: 'Test of all servers' }).waitFor();
    const line = body.locator('tbody tr', { hasText: 'hang' });
    assert.match(await line.innerText(), /Not tested: cancelled/);
    await row('hang').filter({ hasText: 'not tested' }).waitFor();
    assert.deepEqual(curls(), []);
    await window.screenshot('test-all-cancelled');
    await closeReport(window);
  });
});

/** @returns the port of 127.0.0.1 */
async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function createProject({ url, servers }: DemoServers, hostilePort: number): string {
  const folder = join(createTemporaryFolder(), 'safety');
  mkdirSync(folder);
  const headers = { Authorization: 'Bearer ${DEMO_BEARER_TOKEN}' };
  const stdio = servers.find(({ name }) => name === 'stdio')?.command;
  const words = Array.from({ length: 200 }, (_, index) => `word-${index}`);
  const mcpServers = {
    hang: { type: 'http', url: url('hang'), headers },
    bearer: { type: 'http', url: url('bearer'), headers: { ...headers, 'X-Trace': 'on' } },
    long: {
      type: 'stdio',
      command: stdio?.command,
      args: [...(stdio?.args ?? []), ...words],
      env: { DEMO_STDIO_TOKEN: '${DEMO_STDIO_TOKEN}' },
    },
    [hostileName]: { type: 'http', url: `http://127.0.0.1:${hostilePort}/mcp`, headers },
    proxied: { type: 'http', url: url('open').replace('127.0.0.1', '127.0.0.2'), headers },
  };
  writeFileSync(join(folder, '.mcp.json'), `${JSON.stringify({ mcpServers }, null, 2)}\n`);
  return folder;
}
