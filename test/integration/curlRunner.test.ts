import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { curlArguments, curlConfig } from '../../src/core/tokenTest/curlConfig';
import type { HttpExchange } from '../../src/core/tokenTest/httpExchange';
import type {
  HttpHeader,
  HttpRunOptions,
  HttpRunResult,
} from '../../src/core/tokenTest/httpRunner';
import { classifyCurlExit } from '../../src/core/tokenTest/unreachable';
import { createCurlRunner, type CurlOptions } from '../../src/node/curlRunner';
import { createSelfSignedCertificate } from '../demo/servers/support/selfSignedCertificate';
import { childrenOf, curls, isRunning } from '../support/processes';
import { closeServer, listen, startServer, type Handler, type TestServer } from './curlTestServer';

const token = 'canary-' + 'tW3t'.repeat(7);

interface Run extends CurlOptions {
  readonly headers?: readonly HttpHeader[];
  readonly onBodyPart?: HttpRunOptions['onBodyPart'];
  readonly signal?: AbortSignal;
}

async function post(url: string, run: Run = {}): Promise<HttpRunResult> {
  const { headers = [], onBodyPart, signal = new AbortController().signal, ...options } = run;
  const runner = await createCurlRunner(options);
  const spec = { method: 'POST', url, headers, body: '{"method":"ping"}' } as const;
  return runner.run(spec, onBodyPart ? { onBodyPart } : {}, signal);
}

async function exchangeOf(url: string, run?: Run): Promise<HttpExchange> {
  const result = await post(url, run);
  assert.equal(result.kind, 'exchange');
  return (result as Extract<HttpRunResult, { kind: 'exchange' }>).exchange;
}

function causeOf({ status, curlExitCode, curlMessage }: HttpExchange): string {
  return `${status} ${classifyCurlExit(curlExitCode, curlMessage)}`;
}

describe('running curl', () => {
  const cleanups: (() => unknown)[] = [];
  afterEach(async () => {
    await Promise.all(cleanups.splice(0).map((cleanUp) => cleanUp()));
  });

  async function start(handle: Handler): Promise<TestServer> {
    const server = await startServer(handle);
    cleanups.push(server.close);
    return server;
  }

  /** A server on bare TCP, by its address. */
  async function startTcp(handle: (socket: Socket) => void): Promise<string> {
    const server = createTcpServer(handle);
    cleanups.push(() => closeServer(server));
    return listen(server);
  }

  function makeFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'curl-'));
    cleanups.push(() => rmSync(folder, { recursive: true }));
    return folder;
  }

  it('headers arrive byte by byte as they are', async () => {
    const { origin, received } = await start((response) => response.end());
    const headers = [
      { name: 'X-Quotes', value: `say "hi" or 'hi' \\" \\\\ \\n` },
      { name: 'X-Percent', value: '%{http_code} %20 $HOME `id` $(id)' },
      { name: 'X-Latin', value: 'clé ÿ \u0080' },
      { name: 'X-At', value: '@/etc/hostname; # ! {a,b} [1-3]' },
      { name: 'X-Empty', value: '' },
    ];
    await exchangeOf(`${origin}/a{b}[1-2]?q="`, { headers });
    const { path, rawHeaders = [] } = received[0] ?? {};
    const pairs = headers.map(({ name }) => rawHeaders[rawHeaders.indexOf(name) + 1]);
    assert.deepEqual([path, ...pairs], ['/a{b}[1-2]?q="', ...headers.map(({ value }) => value)]);
  });

  it('status, headers, body and timings come back, without trailers', async () => {
    const { origin } = await start((response) => {
      response.writeEarlyHints({ link: '</a>; rel=preload' });
      response.sendDate = false;
      response.writeHead(418, { Trailer: 'X-Sum', 'X-A': 'b', Connection: 'close' });
      response.write('né');
      response.addTrailers({ 'X-Sum': '1' });
      response.end();
    });
    const { timings, ...exchange } = await exchangeOf(`${origin}/mcp`);
    assert.deepEqual(exchange, {
      status: 418,
      httpVersion: '1.1',
      headers: [
        ['Trailer', 'X-Sum'],
        ['X-A', 'b'],
        ['Connection', 'close'],
        ['Transfer-Encoding', 'chunked'],
      ],
      body: 'né',
      bodyTruncated: false,
      curlExitCode: 0,
      curlMessage: '',
    });
    assert.ok(timings !== undefined && timings.totalMs >= timings.connectMs);
  });

  it('shows the body as it comes and stops when told, with what it has', async () => {
    const { origin } = await start((response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write('data: 1\n\n');
    });
    let seen = '';
    const onBodyPart = (part: string) => {
      seen += part;
      return seen.endsWith('\n\n') ? 'stop' : 'continue';
    };
    const { body, curlExitCode } = await exchangeOf(origin, { onBodyPart });
    assert.deepEqual([seen, body, curlExitCode], ['data: 1\n\n', 'data: 1\n\n', 0]);
    assert.deepEqual(curls(), []);
  });

  it('an endless body is cut at 1 MiB and curl is gone', async () => {
    const { origin } = await start((response) => {
      const more = () => {
        while (response.write('x'.repeat(64 * 1024)));
      };
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.on('drain', more);
      more();
    });
    const { status, body, bodyTruncated, headers } = await exchangeOf(origin);
    assert.deepEqual(
      { status, bodyTruncated, rest: body.replaceAll('x', '') },
      { status: 200, bodyTruncated: true, rest: '' },
    );
    assert.ok(body.length < 1024 * 1024 && body.length > 1024 * 1024 - 1024, `${headers}`);
    assert.deepEqual(curls(), []);
  });

  it('gives up when its time is over', async () => {
    const { origin } = await start(() => undefined);
    const exchange = await exchangeOf(origin, { timeoutMs: 200 });
    assert.equal(causeOf(exchange), 'undefined timeout');
  });

  it('ends a program that does not keep its time', async () => {
    const path = join(makeFolder(), 'curl');
    const script =
      '#!/bin/sh\n[ "$2" = --version ] && echo "curl 8.0.0" || exec tail -f /dev/null\n';
    writeFileSync(path, script, { mode: 0o755 });
    const exchange = await exchangeOf('http://127.0.0.1:9', { path, timeoutMs: 1 });
    assert.equal(causeOf(exchange), 'undefined timeout');
  });

  it('a closed port is unreachable', async () => {
    const server = createTcpServer();
    const address = await listen(server);
    await closeServer(server);
    assert.equal(causeOf(await exchangeOf(`http://${address}/mcp`)), 'undefined refused');
  });

  it('a server of another protocol is none', async () => {
    const address = await startTcp((socket) => socket.resume().end('SSH-2.0-OpenSSH_9.2\r\n'));
    assert.equal(causeOf(await exchangeOf(`http://${address}/mcp`)), 'undefined not-http');
  });

  it('a proxy of the environment is asked, and its refusal told', async () => {
    const refusal = 'HTTP/1.1 407 Sign in\r\nContent-Length: 0\r\n\r\n';
    const address = await startTcp((socket) => socket.on('data', () => socket.end(refusal)));
    const env = { https_proxy: `http://${address}` };
    assert.equal(causeOf(await exchangeOf('https://127.0.0.1/mcp', { env })), 'undefined proxy');
  });

  it('a self-signed certificate is not trusted until a CA file names it', async () => {
    const options = createSelfSignedCertificate();
    const cert = join(makeFolder(), 'cert.pem');
    writeFileSync(cert, options.cert);
    const server = createTlsServer(options, (_request, response) => response.end('ok'));
    cleanups.push(async () => {
      server.closeAllConnections();
      await closeServer(server);
    });
    const url = `https://${await listen(server)}/mcp`;
    const trusting = await exchangeOf(url, { env: { CURL_CA_BUNDLE: cert } });
    assert.deepEqual(
      [
        causeOf(await exchangeOf(url)),
        trusting.body,
        causeOf(await exchangeOf(url.replace('s:', ':'))),
      ],
      ['undefined tls-untrusted', 'ok', 'undefined reset'],
    );
  });
});

describe('what can be seen of curl while it runs', () => {
  it('neither its arguments nor its environment hold the credential, and cancelling ends it', async () => {
    const control = new AbortController();
    let running: ReturnType<typeof curls> = [];
    const server = await startServer(() => {
      running = curls();
      control.abort();
    });
    const headers = [{ name: 'Authorization', value: `Bearer ${token}` }];
    const env = { PATH: process.env['PATH'], API_TOKEN: token, HOME: tmpdir(), no_proxy: '*' };
    const result = await post(server.origin, { headers, env, signal: control.signal });
    await server.close();
    const [command = '', environment = ''] = running.flatMap((curl) => [
      curl.commandLine.toString('latin1'),
      curl.environment.toString('latin1'),
    ]);
    assert.deepEqual(result, { kind: 'cancelled' });
    assert.match(command, /^\/[^\0]*curl\0-q\0--config\0-\0$/);
    assert.deepEqual(environment.split('\0').sort(), ['', `PATH=${env.PATH}`, 'no_proxy=*']);
    assert.deepEqual(
      running.map(({ pid }) => existsSync(`/proc/${pid}`)),
      [false],
    );
  });

  for (const situation of ['cancelled', 'too late', 'left behind'] as const) {
    it(`a script in the place of curl ends with the curl it has started: ${situation}`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'curl-'));
      const path = join(folder, 'curl');
      const run =
        situation === 'left behind'
          ? '[ "$2" = --version ] && exec curl "$@"\nexec 3<&0; curl "$@" <&3 & echo $! >"$0.pid"; exit 0'
          : 'curl "$@"\nexit $?';
      // A time limit of the script alone, so that curl does not keep it by itself.
      const limit = situation === 'too late' ? 'set -- "$@" --max-time 600\n' : '';
      writeFileSync(path, `#!/bin/sh\n${limit}${run}\n`, { mode: 0o755 });
      const control = new AbortController();
      let pids: readonly string[] = [];
      const server = await startServer(() => {
        pids = curls().flatMap(({ pid }) => childrenOf(pid).map((child) => child.pid));
        if (situation === 'cancelled') {
          control.abort();
        }
      });
      const timeoutMs = situation === 'too late' ? 200 : 60_000;
      const result = await post(server.origin, { path, timeoutMs, signal: control.signal });
      assert.equal(result.kind, situation === 'cancelled' ? 'cancelled' : 'exchange');
      if (situation === 'left behind') {
        pids = [readFileSync(`${path}.pid`, 'utf8').trim()];
      }
      assert.deepEqual([server.received.length, pids.length], [1, 1]);
      assert.deepEqual(pids.filter(isRunning), []);
      await server.close();
      rmSync(folder, { recursive: true });
    });
  }

  it('curl does not outlive this process, even where it ends without a word', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'curl-'));
    const program = `
      import { createCurlRunner } from ${JSON.stringify(join(import.meta.dirname, '../../src/node/curlRunner.ts'))};
      process.stdin.on('data', () => process.exit());
      const runner = await createCurlRunner({ timeoutMs: 300000 });
      const spec = { method: 'GET', url: process.argv[2], headers: [] };
      await runner.run(spec, {}, new AbortController().signal);`;
    const file = join(folder, 'host.mts');
    writeFileSync(file, program);
    let closed = (): void => undefined;
    const connectionClosed = new Promise<void>((resolve) => (closed = resolve));
    const server = await startServer((response) => {
      response.on('close', closed);
      host.stdin.write('end');
    });
    const args = ['--import', 'tsx', file, server.origin];
    const host = spawn(process.execPath, args, { stdio: ['pipe', 'inherit', 'inherit'] });
    assert.deepEqual(await once(host, 'exit'), [0, null]);
    await connectionClosed;
    await server.close();
    rmSync(folder, { recursive: true });
  });

  it('nothing is started for a test that was cancelled before', async () => {
    const server = await startServer((response) => response.end());
    const result = await post(server.origin, { signal: AbortSignal.abort() });
    await server.close();
    assert.deepEqual([result, server.received], [{ kind: 'cancelled' }, []]);
  });

  it('a .curlrc is not read', async () => {
    const home = mkdtempSync(join(tmpdir(), 'curl-'));
    writeFileSync(join(home, '.curlrc'), 'header = "X-Curlrc: read"\n');
    const server = await startServer((response) => response.end());
    const config = curlConfig(
      { method: 'POST', url: server.origin, headers: [], body: '{"method":"ping"}' },
      { connectTimeoutMs: 5000, maxTimeMs: 5000 },
      'MARK',
    );
    const env = { PATH: process.env['PATH'], HOME: home, CURL_HOME: home, no_proxy: '*' };
    for (const args of [curlArguments, curlArguments.filter((argument) => argument !== '-q')]) {
      const child = spawn('curl', args, { env, stdio: ['pipe', 'ignore', 'ignore'] });
      child.stdin.end(config);
      await once(child, 'close');
    }
    await server.close();
    rmSync(home, { recursive: true });
    const found = server.received.map(({ rawHeaders }) => rawHeaders.includes('X-Curlrc'));
    assert.deepEqual(found, [false, true]);
  });
});
