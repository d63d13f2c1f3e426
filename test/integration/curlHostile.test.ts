import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { describeOutcome } from '../../src/core/tokenTest/describeOutcome';
import { runTokenTest, type TokenTestResult } from '../../src/core/tokenTest/runTokenTest';
import type { TokenTestOutcome } from '../../src/core/tokenTest/tokenTestOutcome';
import { formatTokenTestReport } from '../../src/core/tokenTest/tokenTestReport';
import type { CurlOptions } from '../../src/node/curlRunner';
import { curls, runningProcesses } from '../support/processes';
import { initialized, json, mcpServer, startServer } from './curlTestServer';
import { dripping, forever, once, startRawServer, type Behaviour } from './rawServer';
import { portsWith } from './tokenTestRun';

const token = 'canary-' + 'tW3t'.repeat(7);
const maxOutputBytes = 1024 * 1024;

function head(...headers: readonly string[]): string {
  return ['HTTP/1.1 200 OK', 'Content-Type: application/json', ...headers, '', ''].join('\r\n');
}

function withLength(body: string | Buffer, ...headers: readonly string[]): Behaviour {
  return once(head(`Content-Length: ${Buffer.byteLength(body)}`, ...headers), body);
}

/** 100 MB that weigh a hundred kilobytes. */
const bomb = gzipSync(Buffer.alloc(100 * 1024 * 1024, ' '));

const evilName =
  '\u001b[2J<img src=x onerror=alert(1)> [win](https://evil.example) @ann #1 \u202e`';

describe('servers that mean harm', () => {
  const cleanups: (() => unknown)[] = [];
  afterEach(async () => {
    assert.deepEqual(curls(), []);
    await Promise.all(cleanups.splice(0).map((cleanUp) => cleanUp()));
  });

  /** A server on bare TCP that behaves so once a request has come. */
  async function start(behave: Behaviour): Promise<string> {
    const server = await startRawServer(behave);
    cleanups.push(() => server.close());
    return `${server.origin}/mcp`;
  }

  async function test(
    url: string,
    options: CurlOptions = {},
    signal = new AbortController().signal,
  ): Promise<TokenTestResult> {
    const ports = await portsWith({ timeoutMs: 20_000, ...options });
    const headers = [
      { name: 'Authorization', value: `Bearer ${token}`, secretNames: ['TRACKER_TOKEN'] },
    ];
    const target = { transport: 'http', serverName: 'tracker', url, headers } as const;
    return runTokenTest(target, ports, signal);
  }

  const step = 'initialize';
  const shortly: CurlOptions = { timeoutMs: 700 };
  const tooLarge = { kind: 'too-large', step } as const;
  const tooLargeHead = { ...tooLarge, part: 'head' } as const;
  const notMcp = (flaw: object) => ({ kind: 'not-mcp', step, flaw });
  const unreachable = (cause: string) => ({ kind: 'unreachable', step, cause });

  const rows: readonly (readonly [
    situation: string,
    behave: Behaviour,
    expected: object,
    options?: CurlOptions,
  ])[] = [
    ['a body without end', forever(head(), 'x'), tooLarge],
    [
      'an event stream without end and without an answer',
      forever('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n', ': ping\n\n'),
      tooLarge,
    ],
    [
      'an event without end',
      forever('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: ', '"'),
      tooLarge,
    ],
    ['a header without end', forever('HTTP/1.1 200 OK\r\nX-Big: ', 'x'), tooLargeHead],
    ['headers without end', forever('HTTP/1.1 200 OK\r\n', 'X-A: b\r\n'), tooLargeHead],
    ['interim answers without end', forever('', 'HTTP/1.1 100 Continue\r\n\r\n'), tooLargeHead],
    ['a byte now and then', dripping(head(), ' '), unreachable('timeout'), shortly],
    ['a head that comes a byte now and then', dripping('', 'H'), unreachable('not-http'), shortly],
    ['silence', () => undefined, unreachable('timeout'), shortly],
    [
      'a compressed body that nobody asked for',
      withLength(bomb, 'Content-Encoding: gzip'),
      notMcp({ kind: 'compressed', encoding: 'gzip' }),
    ],
    [
      'bytes that are no UTF-8',
      withLength(Buffer.from('"\xff\xfe\xc3("', 'latin1')),
      notMcp({ kind: 'no-response' }),
    ],
    ['a status line of rubbish', once('HTTP/9.9 abc\r\n\r\nx'), unreachable('not-http')],
    ['a status that is none', once('HTTP/1.1 99999 what\r\n\r\nx'), unreachable('not-http')],
    ['HTTP/0.9', once('{"id":1,"result":{}}'), unreachable('not-http')],
    ['nothing at all', once(), unreachable('reset')],
    ['a body that ends early', once(head('Content-Length: 99'), '{'), unreachable('reset')],
    ['JSON as deep as it gets', withLength('['.repeat(500_000)), notMcp({ kind: 'broken-json' })],
    [
      'a redirect to a file',
      once('HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n'),
      {
        kind: 'redirected',
        status: 302,
        location: 'file:///etc/passwd',
        leadsTo: 'no-web-address',
      },
    ],
    [
      'a challenge of a hundred thousand commas',
      once(
        `HTTP/1.1 401 No\r\nWWW-Authenticate: ${',a '.repeat(30_000)}\r\nContent-Length: 0\r\n\r\n`,
      ),
      { kind: 'rejected', status: 401 },
    ],
  ];
  for (const [situation, behave, expected, options] of rows) {
    it(`${situation}: ${(expected as TokenTestOutcome).kind}`, async () => {
      const result = await test(await start(behave), options);
      assert.deepEqual(partOf(result.outcome, expected), expected);
      const report = formatTokenTestReport(result);
      assert.ok(report.length < 64 * 1024, `${report.length} characters`);
    });
  }

  it('a compressed transfer does no harm, whether curl unpacks it or not', async () => {
    const url = await start(once(head('Transfer-Encoding: gzip', 'Connection: close'), bomb));
    const { outcome } = await test(url);
    assert.match(outcome.kind, /^(?:too-large|not-mcp)$/);
  });

  it('thousands of headers are cut in the report', async () => {
    const headers = Array.from({ length: 4000 }, (_, index) => `X-${index}: v`);
    const url = await start(withLength('{}', ...headers));
    const result = await test(url);
    assert.match(formatTokenTestReport(result), /… and 39\d\d more headers/);
  });

  it('a redirect to another host is told and not followed', async () => {
    const other = await startServer(json(initialized));
    cleanups.push(() => other.close());
    const location = `${other.origin.replace('127.0.0.1', 'localhost')}/mcp`;
    const url = await start(
      once(`HTTP/1.1 307 Moved\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`),
    );
    const result = await test(url);
    assert.deepEqual(result.outcome, {
      kind: 'redirected',
      status: 307,
      location,
      leadsTo: 'other-host',
    });
    assert.match(formatTokenTestReport(result), /did not go there, so that no credential reaches/);
    assert.deepEqual(other.received, []);
  });

  it('escape sequences and Markdown of a server stay text', async () => {
    const { result } = initialized;
    const named = { ...initialized, result: { ...result, serverInfo: { name: evilName } } };
    const error = { code: -32000, message: `${evilName}\n\n# Heading` };
    const server = await startServer(
      mcpServer({
        initialize: json(named),
        'tools/list': json({ jsonrpc: '2.0', id: 2, error }, { 'X-Evil': '``` @ann' }),
      }),
    );
    cleanups.push(() => server.close());
    const tested = await test(`${server.origin}/mcp`);
    const { headline, state, cause } = describeOutcome(tested.outcome);
    assert.doesNotMatch(headline + state + cause, /[\u0000-\u001f\u202e]/);
    const report = formatTokenTestReport(tested);
    assert.doesNotMatch(report, /\u001b|\u202e/);
    const outsideOfCode = report
      .replace(/^(`{3,})\n[^]*?^\1$/gm, '')
      .replace(/(`+)(?!`).*?[^`]\1(?!`)/g, '');
    assert.doesNotMatch(outsideOfCode, /(?<!\\)<img|(?<!\\)\[win|@ann|#1|^# Heading/m);
  });

  it('nothing of what they sent is kept once a test is over', async function () {
    this.timeout(120_000);
    const urls = [
      await start(forever(head(), 'x')),
      await start(forever('HTTP/1.1 200 OK\r\n', 'X-A: b\r\n')),
      await start(withLength(bomb, 'Content-Encoding: gzip')),
    ];
    const attack = async () => {
      for (const url of urls) {
        formatTokenTestReport(await test(url));
      }
    };
    await attack();
    const before = usedMemory();
    for (let round = 0; round < 20; round++) {
      await attack();
    }
    // Whoever kept what came would have kept 20 times the limit.
    const grown = usedMemory() - before;
    assert.ok(grown < 4 * maxOutputBytes, `grown by ${grown} bytes`);
  });

  it('the credential is in no command line and in no environment while a request runs', async () => {
    const control = new AbortController();
    const leaks: object[] = [];
    let running: ReturnType<typeof curls> = [];
    const url = await start(() => {
      running = curls();
      leaks.push(
        ...runningProcesses().filter(({ commandLine }) => commandLine.includes(token)),
        ...running.filter(({ environment }) => environment.includes(token)),
      );
      control.abort();
    });
    const env = { ...process.env, TRACKER_TOKEN: token };
    const { outcome } = await test(url, { env }, control.signal);
    assert.deepEqual([outcome, leaks, running.length], [{ kind: 'cancelled' }, [], 1]);
    assert.deepEqual(
      running.map(({ pid }) => existsSync(`/proc/${pid}`)),
      [false],
    );
  });
});

/** Of the outcome, what the row speaks about. */
function partOf(outcome: TokenTestOutcome, expected: object): object {
  const keys = new Set(Object.keys(expected));
  return Object.fromEntries(Object.entries(outcome).filter(([key]) => keys.has(key)));
}

/** In bytes, after everything that nobody holds was freed: JavaScript's own and buffers. */
function usedMemory(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
