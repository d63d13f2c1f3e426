import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeOutcome } from '../../src/core/tokenTest/describeOutcome';
import { runTokenTest, type TokenTestResult } from '../../src/core/tokenTest/runTokenTest';
import type { TokenTestOptions } from '../../src/core/tokenTest/tokenTestOptions';
import { formatTokenTestReport } from '../../src/core/tokenTest/tokenTestReport';
import type { CurlOptions } from '../../src/node/curlRunner';
import { createSelfSignedCertificate } from '../demo/servers/support/selfSignedCertificate';
import { curls } from '../support/processes';
import {
  closeServer,
  initialized,
  json,
  listen,
  mcpServer,
  startServer,
  tools,
  type Handler,
  type TestServer,
} from './curlTestServer';
import { portsWith } from './tokenTestRun';

const password = 'pr0xy-pw-4711';
const credential = Buffer.from(`ann:${password}`).toString('base64');
const path = process.env['PATH'];
const signal = new AbortController().signal;
const working = mcpServer({ initialize: json(initialized), 'tools/list': json(tools) });

describe('the way of a test to its server', () => {
  const cleanups: (() => unknown)[] = [];
  afterEach(async () => {
    await Promise.all(cleanups.splice(0).map((cleanUp) => cleanUp()));
  });

  async function start(handle: Handler): Promise<TestServer> {
    const server = await startServer(handle);
    cleanups.push(server.close);
    return server;
  }

  async function test(
    url: string,
    curl: CurlOptions,
    options?: TokenTestOptions,
  ): Promise<TokenTestResult> {
    const ports = await portsWith(curl);
    const target = { transport: 'http', serverName: 'tracker', url, headers: [] } as const;
    return runTokenTest(target, ports, signal, options);
  }

  function proxyOf({ origin }: TestServer): string {
    return origin.replace('http://', `http://ann:${password}@`);
  }

  it('goes through the proxy of the settings, whose credential nobody sees', async () => {
    let seen = '';
    const proxy = await start((response, request) => {
      seen += curls()
        .flatMap(({ commandLine, environment }) => [commandLine, environment])
        .map((bytes) => bytes.toString('latin1'))
        .join('\n');
      json({ echo: request.rawHeaders, password })(response, request);
    });
    const setting = { url: proxyOf(proxy), noProxy: [] };
    const result = await test('http://tracker.invalid/mcp', {
      proxy: setting,
      env: { PATH: path },
    });
    const { path: asked, rawHeaders = [] } = proxy.received[0] ?? {};
    assert.deepEqual(
      [asked, rawHeaders[rawHeaders.indexOf('Proxy-Authorization') + 1]],
      ['http://tracker.invalid/mcp', `Basic ${credential}`],
    );
    const report = formatTokenTestReport(result);
    assert.match(report, /Through the proxy `127\.0\.0\.1:\d+`, from `http\.proxy`\./);
    assert.match(report, /went through the proxy of the setting http\.proxy/);
    assert.match(seen, /curl\0-q\0--config/);
    for (const text of [report, JSON.stringify(result), seen]) {
      assert.doesNotMatch(text, new RegExp(`${password}|${credential}`));
    }
  });

  it('hides the credential of a proxy however that repeats it', async () => {
    const forms = [
      password.toUpperCase(),
      password.replaceAll('-', '%2D'),
      password.replaceAll('p', '\\u0070'),
      Buffer.from(`login ann:${password} failed`).toString('base64url'),
      Buffer.from(`?${password}`).toString('base64'),
    ];
    const proxy = await start(json({ forms }));
    const setting = { url: proxyOf(proxy), noProxy: [] };
    const url = 'http://tracker.invalid/mcp';
    const { steps } = await test(url, { proxy: setting, env: { PATH: path } });
    const [step] = steps;
    const body = step?.kind === 'http' ? step.exchange.body : '';
    assert.match(body, /•••/);
    for (const form of forms) {
      assert.ok(!body.includes(form), form);
    }
  });

  it('prefers the proxy of the environment, and hides its credential as well', async () => {
    const [proxy, other] = [await start(json({ password })), await start(json({}))];
    const result = await test('http://tracker.invalid/mcp', {
      proxy: { url: other.origin, noProxy: [] },
      env: { PATH: path, http_proxy: proxyOf(proxy) },
    });
    assert.deepEqual([proxy.received.length, other.received.length], [1, 0]);
    const report = formatTokenTestReport(result);
    assert.match(report, /from `http_proxy`\./);
    assert.doesNotMatch(report + JSON.stringify(result), new RegExp(password));
  });

  it('goes to this computer, and to the exceptions, without the proxy of the settings', async () => {
    const [server, proxy] = [await start(working), await start(json({}))];
    const env = { PATH: path };
    const own = await test(`${server.origin}/mcp`, {
      env,
      proxy: { url: proxy.origin, noProxy: [] },
    });
    assert.equal(own.outcome.kind, 'accepted');
    assert.match(formatTokenTestReport(own), /- Without a proxy\./);
    const noProxy = ['127.0.0.2'];
    await test('http://127.0.0.2:9/mcp', { env, proxy: { url: proxy.origin, noProxy } });
    assert.deepEqual(proxy.received, []);
  });

  it('takes a certificate that nobody knows in a run without verification only, and says so', async () => {
    const options = createSelfSignedCertificate();
    const tls = createTlsServer(options, (request, response) => {
      request.setEncoding('utf8').on('data', (body: string) => {
        const { id } = JSON.parse(body) as { id?: number };
        const answer = id === 1 ? initialized : tools;
        const headers = { 'Content-Type': 'application/json' };
        response.writeHead(id === undefined ? 202 : 200, headers);
        response.end(id === undefined ? '' : JSON.stringify(answer));
      });
    });
    cleanups.push(async () => {
      tls.closeAllConnections();
      await closeServer(tls);
    });
    const url = `https://${await listen(tls)}/mcp`;
    const env = { PATH: path };
    const strict = describeOutcome((await test(url, { env })).outcome);
    assert.deepEqual([strict.state, strict.action], ['unreachable', { kind: 'test-unverified' }]);
    const loose = await test(url, { env }, { insecure: true });
    assert.equal(describeOutcome(loose.outcome).state, 'accepted, not verified');
    assert.match(
      formatTokenTestReport(loose),
      /\*\*The certificate was not verified in this test:\*\*/,
    );

    const folder = mkdtempSync(join(tmpdir(), 'curl-'));
    cleanups.push(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'cert.pem');
    writeFileSync(file, options.cert);
    const trusting = await test(url, { env: { ...env, CURL_CA_BUNDLE: file } });
    assert.equal(describeOutcome(trusting.outcome).state, 'accepted');
    assert.match(formatTokenTestReport(trusting), /those that `CURL_CA_BUNDLE` names/);
  });
});
