import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, createServer as createNetServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { describeOutcome } from '../../src/core/tokenTest/describeOutcome';
import { runTokenTest, type TokenTestResult } from '../../src/core/tokenTest/runTokenTest';
import type { TokenTestPorts } from '../../src/core/tokenTest/sender';
import type { TokenTestOptions } from '../../src/core/tokenTest/tokenTestOptions';
import type { TokenTestOutcome } from '../../src/core/tokenTest/tokenTestOutcome';
import { formatTokenTestReport } from '../../src/core/tokenTest/tokenTestReport';
import type { RemoteTarget } from '../../src/core/tokenTest/tokenTestTarget';
import { createChannels } from '../../src/node/channels';
import type { CurlOptions } from '../../src/node/curlRunner';
import { startDemoServers } from '../demo/servers/startDemoServers';
import { createSelfSignedCertificate } from '../demo/servers/support/selfSignedCertificate';
import { closeServer, initialized, listen, tools } from './curlTestServer';
import { portsWith } from './tokenTestRun';

const token = 'canary-' + 'tW3t'.repeat(7);
const authorization = {
  name: 'Authorization',
  value: `Bearer ${token}`,
  secretNames: ['TRACKER_TOKEN'],
};
const never = new AbortController().signal;

/** What a server does with a socket that was upgraded. */
type Serve = (socket: WebSocket, request: IncomingMessage) => void;

/** Answers each method with its message; a method without one gets no answer. */
function answering(answers: Readonly<Record<string, object | undefined>>): Serve {
  return (socket) =>
    socket.on('message', (data: Buffer) => {
      const { method } = JSON.parse(data.toString()) as { method: string };
      const answer = answers[method];
      if (answer !== undefined) {
        socket.send(JSON.stringify(answer));
      }
    });
}

const well = answering({ initialize: initialized, 'tools/list': tools });

describe('a test of a server of type ws', function () {
  this.timeout(20_000);

  const servers: Server[] = [];
  const sockets = new Set<Duplex>();
  const upgrades: IncomingMessage[] = [];
  afterEach(async () => {
    sockets.forEach((socket) => socket.destroy());
    upgrades.length = 0;
    await Promise.all(servers.splice(0).map(closeServer));
  });

  async function start(upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void) {
    const server = createServer((_request, response) => response.writeHead(426).end('ws only'));
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      upgrades.push(request);
      sockets.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
      upgrade(request, socket, head);
    });
    servers.push(server);
    return `ws://${await listen(server)}/mcp`;
  }

  function serve(serveSocket: Serve, protocol: string | false = 'mcp'): Promise<string> {
    const wss = new WebSocketServer({ noServer: true, handleProtocols: () => protocol });
    return start((request, socket, head) =>
      wss.handleUpgrade(request, socket, head, (opened) => {
        opened.on('error', () => opened.terminate());
        serveSocket(opened, request);
      }),
    );
  }

  /** Answers the upgrade as HTTP. */
  const refuse = (status: string, ...lines: readonly string[]) =>
    start((_request, socket) =>
      socket.end([`HTTP/1.1 ${status}`, ...lines, 'Content-Length: 4', '', 'no: 1'].join('\r\n')),
    );

  it('upgrades with curl, then lists the tools over a socket with the same headers', async () => {
    const { outcome, steps } = await test(await serve(well));
    assert.deepEqual(outcome, {
      kind: 'accepted',
      serverName: 'tracker',
      protocolVersion: '2025-06-18',
      toolCount: 2,
      hasMoreTools: false,
      remarks: [{ kind: 'own-socket' }],
    } satisfies TokenTestOutcome);
    assert.deepEqual(
      steps.map((step) => [step.name, step.kind === 'http' ? step.exchange.status : step.kind]),
      [
        ['upgrade', 101],
        ['initialize', 'message'],
        ['notifications/initialized', 'message'],
        ['tools/list', 'message'],
      ],
    );
    assert.deepEqual(
      upgrades.map(({ headers, httpVersion }) => [
        httpVersion,
        headers.authorization,
        headers['sec-websocket-protocol'],
        headers['x-team'],
      ]),
      [1, 2].map(() => ['1.1', `Bearer ${token}`, 'mcp', 'red, blue']),
    );
    const keys = upgrades.map(({ headers }) => headers['sec-websocket-key'] ?? '');
    assert.deepEqual(
      keys.map((key) => Buffer.from(key, 'base64').length),
      [16, 16],
    );
    assert.notEqual(keys[0], keys[1]);
  });

  it('calls a tool that does not exist over the socket, where a comparison asks for it', async () => {
    const error = { code: -32602, message: 'Unknown tool' };
    const open = answering({
      initialize: initialized,
      'tools/list': tools,
      'tools/call': { jsonrpc: '2.0', id: 3, error },
    });
    const options = { probeToolCall: true };
    const { outcome } = await test(await serve(open), undefined, never, [], options);
    assert.deepEqual(outcome.kind === 'accepted' && outcome.toolCall, { kind: 'open' });
  });

  it('waits for the socket to open no longer than for a connection', async () => {
    const wss = new WebSocketServer({ noServer: true, handleProtocols: () => 'mcp' });
    const url = await start((request, socket, head) => {
      if (upgrades.length === 1) {
        wss.handleUpgrade(request, socket, head, () => undefined);
      }
    });
    const limits = { timeoutMs: 60_000, connectTimeoutMs: 300, env: withoutProxy() };
    const ports = { ...(await ownPorts()), ...createChannels(limits) };
    const { outcome } = await test(url, ports);
    assert.equal(outcome.kind, 'socket-not-opened');
  });

  it('takes http: for the same server', async () => {
    const { outcome } = await test((await serve(well)).replace('ws:', 'http:'));
    assert.equal(outcome.kind, 'accepted');
  });

  const refusals: readonly (readonly [
    status: string,
    lines: readonly string[],
    state: string,
    cause: RegExp,
  ])[] = [
    ['401 No', ['WWW-Authenticate: Bearer'], 'rejected (401)', /./],
    ['401 No', [], 'rejected (401)', /no challenge/],
    ['403 No', [], 'forbidden (403)', /./],
    ['404 No', [], 'no WebSocket (404)', /"Expected 101 status code: 404"/],
    ['426 No', ['Upgrade: websocket'], 'no WebSocket (426)', /426/],
    ['200 OK', ['Content-Type: text/html'], 'no WebSocket (200)', /200/],
    ['307 No', ['Location: https://login.example/'], 'redirected (307)', /login\.example/],
    ['429 No', [], 'rate limited (429)', /./],
    ['500 No', [], 'server error (500)', /./],
  ];
  for (const [status, lines, state, cause] of refusals) {
    it(`${status} ${lines.join()}: ${state}`, async () => {
      const result = await test(await refuse(status, ...lines));
      const { outcome, steps } = result;
      const text = describeOutcome(outcome);
      const report = formatTokenTestReport(result);
      assert.match(report, new RegExp(`Expected 101 status code: ${status.slice(0, 3)}`));
      assert.doesNotMatch(report, /Needs authentication|Dynamic Client/);
      assert.equal(text.state, state);
      assert.match(text.cause, cause);
      assert.deepEqual(
        steps.map(({ name }) => name),
        ['upgrade'],
      );
      assert.equal(upgrades.length, 1);
    });
  }

  const channels: readonly (readonly [
    situation: string,
    serve: Serve,
    state: string,
    cause?: RegExp,
  ])[] = [
    [
      'messages in binary frames',
      (socket, request) => {
        const send = socket.send.bind(socket);
        socket.send = (data: unknown) => send(Buffer.from(String(data)));
        well(socket, request);
      },
      'accepted',
    ],
    [
      'a ping that wants its answer first',
      (socket, request) => {
        socket.send('{"jsonrpc":"2.0","id":"up?","method":"ping"}');
        const waiting: Buffer[] = [];
        socket.on('message', function hold(data: Buffer) {
          waiting.push(data);
          if (data.toString() === '{"jsonrpc":"2.0","id":"up?","result":{}}') {
            socket.off('message', hold);
            well(socket, request);
            waiting.slice(0, -1).forEach((held) => socket.emit('message', held));
          }
        });
      },
      'accepted',
    ],
    [
      'pings of the protocol without end',
      (socket) => endless((done) => socket.send('{"jsonrpc":"2.0","id":1,"method":"ping"}', done)),
      'too many messages',
    ],
    [
      'a message in pieces',
      (socket, request) => {
        const send = socket.send.bind(socket);
        socket.send = (data: unknown) => {
          const text = String(data);
          send(text.slice(0, 9), { fin: false });
          send('', { fin: false });
          send(text.slice(9), { fin: true });
        };
        well(socket, request);
      },
      'accepted',
    ],
    [
      'text that is no JSON before the answer',
      (socket, request) => {
        socket.send(`hello ${token} \u001b[31m`);
        well(socket, request);
      },
      'accepted',
      /A message over the socket is no JSON-RPC: "hello ••• /,
    ],
    [
      'a close with a reason',
      (socket) => socket.close(1008, `token ${token} expired`),
      'closed (1008)',
      /"token ••• expired"/,
    ],
    ['a close without a word', (socket) => socket.terminate(), 'closed (no code)'],
    [
      'a close instead of the tools',
      (socket, request) => {
        well(socket, request);
        socket.on('message', (data: Buffer) => {
          if (data.includes('tools/list')) {
            socket.close(4401);
          }
        });
        socket.send = ((send) => (data: unknown) => {
          if (!String(data).includes('search')) {
            send(String(data));
          }
        })(socket.send.bind(socket));
      },
      'closed (4401)',
      /tools fetch failed/,
    ],
    [
      'an error',
      answering({
        initialize: { jsonrpc: '2.0', id: 1, error: { code: -32001, message: `no ${token}` } },
      }),
      'MCP error (-32001)',
      /"no •••"/,
    ],
    ['no version', answering({ initialize: { jsonrpc: '2.0', id: 1, result: {} } }), 'not MCP'],
    [
      'a message beyond the limit',
      (socket) => socket.send('x'.repeat(2 ** 21)),
      'too many messages',
    ],
    [
      'messages without end',
      (socket) => endless((done) => socket.send('{"jsonrpc":"2.0","method":"log"}', done)),
      'too many messages',
    ],
    [
      'empty messages without end',
      (socket) => endless((done) => socket.send('', done)),
      'too many messages',
    ],
    [
      'pings without end',
      (socket) => endless((done) => socket.ping('', false, done)),
      'too many messages',
    ],
    [
      'a frame that breaks the protocol',
      (_socket, request) => request.socket.write(Buffer.from([0xff, 0xff, 0xff, 0xff])),
      'broken WebSocket',
      /^The upgrade passed\. The editor closed the WebSocket when it read: "/,
    ],
    [
      'a frame that breaks the protocol, on a connection that stays',
      (_socket, request) => stayOpen(request, [0x81, 0x82, 1, 2, 3, 4, 5, 6]),
      'broken WebSocket',
      /MASK must be clear/,
    ],
    [
      'a close with a reason, on a connection that stays',
      (_socket, request) => stayOpen(request, [0x88, 9, 0x11, 0x31, ...Buffer.from('expired')]),
      'closed (4401)',
      /^The server says: "expired"/,
    ],
    [
      'text that is no UTF-8',
      (_socket, request) => request.socket.write(Buffer.from([0x81, 0x02, 0xc3, 0x28])),
      'broken WebSocket',
    ],
  ];
  for (const [situation, serveSocket, state, cause = /./] of channels) {
    it(`${situation}: ${state}`, async () => {
      const result = await test(await serve(serveSocket));
      const text = describeOutcome(result.outcome);
      assert.equal(text.state, state);
      assert.match(text.cause, cause);
      assertNoToken(result);
    });
  }

  for (const method of ['initialize', 'tools/list']) {
    const answers = method === 'initialize' ? {} : { initialize: initialized };
    it(`no answer to ${method} in time`, async () => {
      const { outcome } = await test(
        await serve(answering(answers)),
        await ownPorts({ timeoutMs: 400 }),
      );
      assert.equal(outcome.kind === 'socket-silent' && outcome.step, method);
    });
  }

  for (const [agreed, words] of [
    [false, /Missing client protocol/],
    ['other', /Mismatch client protocol/],
  ] as const) {
    it(`the subprotocol ${agreed}: no message is sent`, async () => {
      const { outcome, steps } = await test(await serve(well, agreed));
      assert.equal(outcome.kind, 'no-subprotocol');
      assert.match(describeOutcome(outcome).cause, words);
      assert.equal(steps.length, 1);
    });
  }

  it('a subprotocol of the entry stands in the place of that of Claude Code', async () => {
    const own = { name: 'Sec-WebSocket-Protocol', value: 'other', secretNames: [] };
    await test(await serve(well, 'other'), undefined, never, [authorization, own]);
    assert.equal(upgrades[0]?.headers['sec-websocket-protocol'], 'other');
  });

  it('an upgrade that breaks its own rules is no upgrade for the socket', async () => {
    const url = await start((_request, socket) =>
      socket.write(
        'HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Protocol: mcp\r\nSec-WebSocket-Accept: AAAA\r\n\r\n',
      ),
    );
    const { outcome } = await test(url);
    assert.equal(outcome.kind, 'socket-not-opened');
    assert.match(describeOutcome(outcome).cause, /Sec-WebSocket-Accept/);
  });

  it('trusts with the socket what curl was told to trust, and nothing else', async () => {
    const { key, cert } = createSelfSignedCertificate();
    const server = createTlsServer({ key, cert });
    const wss = new WebSocketServer({ server, handleProtocols: () => 'mcp' });
    wss.on('connection', well);
    servers.push(server);
    const url = `wss://${await listen(server)}/mcp`;
    const folder = await mkdtemp(join(tmpdir(), 'mcp-auth-ca-'));
    try {
      const file = join(folder, 'ca.pem');
      await writeFile(file, cert);
      const trusting = await portsWith({ env: { ...withoutProxy(), CURL_CA_BUNDLE: file } });
      const curlAlone = { ...trusting, ...createChannels({ timeoutMs: 10_000, env: {} }) };
      const outcomes = [await test(url), await test(url, trusting), await test(url, curlAlone)].map(
        ({ outcome }) => outcome,
      );
      assert.deepEqual(
        outcomes.map((outcome) => describeOutcome(outcome).state),
        ['unreachable', 'accepted', 'socket not opened'],
      );
      assert.match(describeOutcome(outcomes[2]!).next, /NODE_EXTRA_CA_CERTS/);
      for (const address of [url, url.replace('wss:', 'https:')]) {
        const result = await test(address, undefined, never, undefined, { insecure: true });
        assert.equal(describeOutcome(result.outcome).state, 'accepted, not verified');
        assert.match(
          formatTokenTestReport(result),
          /The certificate was not verified in this test/,
        );
      }
    } finally {
      await rm(folder, { recursive: true });
      server.closeAllConnections();
    }
  });

  it('keeps nothing of what a server sends behind the upgrade', async () => {
    const url = await start((request, socket) =>
      socket.write(`${switching(request)}\r\n\r\nsecret body`),
    );
    const { steps } = await test(url, await ownPorts({ timeoutMs: 400 }));
    const [upgrade] = steps;
    assert.ok(upgrade?.kind === 'http');
    assert.deepEqual([upgrade.exchange.status, upgrade.exchange.body], [101, '']);
  });

  /** A proxy that tunnels to this computer whatever the address is. */
  async function startProxy(tunnels: string[]): Promise<string> {
    const proxy = createServer();
    proxy.on('connect', (request: IncomingMessage, socket: Duplex) => {
      tunnels.push(request.url ?? '');
      const { port } = new URL(`http://${request.url}`);
      const upstream = connect(Number(port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      sockets.add(socket);
      [socket, upstream].forEach((it) => it.on('error', () => it.destroy()));
    });
    servers.push(proxy);
    return `http://${await listen(proxy)}`;
  }

  // In the second to the fourth case the socket once took the credential past the proxy.
  const routes: readonly (readonly [
    situation: string,
    env: (proxy: string) => NodeJS.ProcessEnv,
    from: string | undefined,
  ])[] = [
    ['a variable', (proxy) => ({ http_proxy: proxy }), 'http_proxy'],
    ['the setting', () => ({}), 'http.proxy'],
    ['one behind an empty one', (all_proxy) => ({ http_proxy: '', all_proxy }), 'all_proxy'],
    ['* among others', (http_proxy) => ({ http_proxy, no_proxy: 'a,*' }), 'http_proxy'],
    ['* alone', (http_proxy) => ({ http_proxy, no_proxy: '*' }), undefined],
    [
      'an exception in capitals',
      (http_proxy) => ({ http_proxy, no_proxy: '', NO_PROXY: '127.0.0.1' }),
      undefined,
    ],
  ];
  for (const [situation, envOf, from] of routes) {
    it(`goes where curl goes, or nowhere: ${situation}`, async () => {
      const tunnels: string[] = [];
      const proxy = await startProxy(tunnels);
      const served = await serve(well);
      // The setting does not count for 127.0.0.1.
      const url = from === 'http.proxy' ? served.replace('127.0.0.1', '127.0.0.2') : served;
      const env = { ...withoutProxy(), ...envOf(proxy) };
      const setting = from === 'http.proxy' ? { url: proxy, noProxy: [] } : undefined;
      const result = await test(url, await portsWith({ env, ...(setting && { proxy: setting }) }));
      const report = formatTokenTestReport(result);
      if (from === undefined) {
        assert.equal(result.outcome.kind, 'accepted');
        assert.deepEqual([tunnels, upgrades.length], [[], 2]);
        assert.match(report, /- Without a proxy\./);
      } else {
        assert.deepEqual(result.outcome, { kind: 'upgraded-behind-proxy' });
        assert.deepEqual([tunnels, upgrades.length], [[new URL(url).host], 1]);
        assert.ok(
          report.includes(`Through the proxy \`${new URL(proxy).host}\`, from \`${from}\`.`),
        );
      }
    });
  }

  it('refuses an address that cannot be one of a WebSocket', async () => {
    const refused = await Promise.all(
      ['ftp://h.example/mcp', 'wss://h.example/mcp#part'].map(async (url) => {
        const { outcome, steps } = await test(url);
        return [outcome.kind === 'refused-to-send' && outcome.refusal.kind, steps.length];
      }),
    );
    assert.deepEqual(refused, [
      ['url-scheme', 0],
      ['url-fragment', 0],
    ]);
  });

  it('nothing listens: unreachable', async () => {
    const server = createNetServer();
    const url = `ws://${await listen(server)}/mcp`;
    await closeServer(server);
    assert.equal(describeOutcome((await test(url)).outcome).state, 'unreachable');
  });

  it('leaves nothing when it is cancelled during the upgrade', async () => {
    const abort = new AbortController();
    const url = await start((_request, socket) => {
      socket.resume().on('end', () => socket.end());
      abort.abort();
    });
    assert.deepEqual((await test(url, undefined, abort.signal)).outcome, { kind: 'cancelled' });
    await allClosed(sockets);
  });

  for (const method of ['initialize', 'tools/list']) {
    it(`leaves nothing when it is cancelled during ${method}`, async () => {
      const abort = new AbortController();
      const url = await serve((socket, request) => {
        if (method === 'tools/list') {
          answering({ initialize: initialized })(socket, request);
        }
        socket.on('message', (data: Buffer) => {
          if (data.includes(method)) {
            abort.abort();
          }
        });
      });
      assert.deepEqual((await test(url, undefined, abort.signal)).outcome, { kind: 'cancelled' });
      await allClosed(sockets);
    });
  }

  describe('of the demo', () => {
    let demo: Awaited<ReturnType<typeof startDemoServers>>;
    before(async () => {
      demo = await startDemoServers({ accessTokenTtlSeconds: 60 });
    });
    after(() => demo.stop());

    it('takes its token and no other', async () => {
      const url = demo.url('ws');
      const right = { ...authorization, value: `Bearer ${demo.env['DEMO_BEARER_TOKEN']}` };
      const states = await Promise.all(
        [[right], [authorization], []].map(async (headers) => {
          const { outcome } = await test(url, undefined, never, headers);
          return describeOutcome(outcome).state;
        }),
      );
      assert.deepEqual(states, ['accepted', 'rejected (401)', 'rejected (401)']);
    });
  });
});

async function test(
  url: string,
  ports?: TokenTestPorts,
  signal = never,
  headers: RemoteTarget['headers'] = [
    authorization,
    { name: 'X-Team', value: 'red', secretNames: [] },
    { name: 'x-team', value: 'blue', secretNames: [] },
  ],
  options?: TokenTestOptions,
): Promise<TokenTestResult> {
  const target: RemoteTarget = { transport: 'ws', serverName: 'tracker', url, headers };
  return runTokenTest(target, ports ?? (await ownPorts()), signal, options);
}

/** Of a machine without a proxy. */
function ownPorts(options: CurlOptions = {}): Promise<TokenTestPorts> {
  return portsWith({ env: withoutProxy(), ...options });
}

/** Says no more than `bytes`, and does not answer to a close either. */
function stayOpen({ socket }: IncomingMessage, bytes: readonly number[]): void {
  socket.removeAllListeners('data');
  socket.removeAllListeners('end');
  socket.resume().write(Buffer.from(bytes));
}

function withoutProxy(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env);
  return Object.fromEntries(entries.filter(([name]) => !/_proxy$/i.test(name)));
}

function switching(request: IncomingMessage): string {
  const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
  const accept = createHash('sha1').update(key).digest('base64');
  return [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Protocol: mcp',
    `Sec-WebSocket-Accept: ${accept}`,
  ].join('\r\n');
}

/** Again and again, until it fails since the other side has gone. */
function endless(sendOne: (done: (error?: Error | null) => void) => void): void {
  let burst = 0;
  const next = (error?: Error | null) => {
    if (!error) {
      // Once in a while the other events have their turn.
      if (++burst % 100 === 0) {
        setImmediate(sendOne, next);
      } else {
        sendOne(next);
      }
    }
  };
  sendOne(next);
}

function assertNoToken(result: TokenTestResult): void {
  const shown = JSON.stringify(result) + formatTokenTestReport(result);
  assert.doesNotMatch(shown, /canary|tW3t/);
}

async function allClosed(sockets: ReadonlySet<Duplex>): Promise<void> {
  await Promise.all(
    [...sockets].filter((socket) => !socket.destroyed).map((socket) => once(socket, 'close')),
  );
}
