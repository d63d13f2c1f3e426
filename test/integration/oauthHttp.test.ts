import assert from 'node:assert/strict';
import { once as onceEmitted } from 'node:events';
import { createServer as createTlsServer } from 'node:https';
import { gzipSync } from 'node:zlib';
import {
  HttpFailure,
  type HttpFailureKind,
  type OAuthRequest,
  type OAuthResponse,
} from '../../src/core/oauth/ports';
import { AddressGuard } from '../../src/node/oauth/addressGuard';
import { createGuardedHttp, type GuardedHttpOptions } from '../../src/node/oauth/guardedHttp';
import { createSelfSignedCertificate } from '../demo/servers/support/selfSignedCertificate';
import { createTemporaryFolder } from '../environment/temporaryFolder';
import { listen, startServer, status, type Handler, type TestServer } from './curlTestServer';
import { dripping, forever, once, startRawServer, type Behaviour } from './rawServer';
import { sendTrusting } from './trustedRequests';

const mebibyte = 1024 * 1024;
/** Nobody connects to it: it stands in answers of a name server alone. */
const publicAddress = '93.184.215.14';
const ok = 'HTTP/1.1 200 OK\r\n';

const never = new AbortController().signal;

describe('requests of a sign-in', function () {
  this.timeout(20_000);

  const cleanups: (() => unknown)[] = [];
  afterEach(async () => {
    await Promise.all(cleanups.splice(0).map((cleanUp) => cleanUp()));
  });

  async function startRaw(behave: Behaviour) {
    const server = await startRawServer(behave);
    cleanups.push(() => server.close());
    return server;
  }

  async function start(handle: Handler): Promise<TestServer> {
    const server = await startServer(handle);
    cleanups.push(() => server.close());
    return server;
  }

  /** A server behind TLS that says "hello". */
  async function startTls(...hostNames: readonly string[]) {
    const pair = createSelfSignedCertificate(...hostNames);
    const received: (string | undefined)[] = [];
    const server = createTlsServer(pair, (request, response) => {
      received.push(request.headers.host);
      response.end('hello');
    });
    const port = (await listen(server)).replace(/^.*:/, '');
    cleanups.push(async () => {
      server.closeAllConnections();
      server.close();
      await onceEmitted(server, 'close');
    });
    return { port, received, certificate: pair.cert };
  }

  describe('limits', () => {
    const response = (headers: string, body: string | Buffer = ''): Behaviour =>
      once(`${ok}${headers}\r\n`, body);
    const gzipped = gzipSync(Buffer.alloc(100 * mebibyte, ' '));
    const rows: readonly (readonly [string, Behaviour, HttpFailureKind, RegExp])[] = [
      ['a body without end', forever(`${ok}\r\n`, 'x'), 'too-large', /more than 1 MiB/],
      [
        'chunks without end',
        forever(`${ok}Transfer-Encoding: chunked\r\n\r\n`, '1\r\nx\r\n'),
        'too-large',
        /more than 1 MiB/,
      ],
      [
        'an announced body of 100 MB',
        response('Content-Length: 104857600\r\n'),
        'too-large',
        /more than 1 MiB/,
      ],
      ['a header without end', forever(`${ok}X-Big: `, 'x'), 'too-large', /16 KiB of headers/],
      ['headers without end', forever(ok, 'X-A: b\r\n'), 'too-large', /16 KiB of headers/],
      [
        'a header of 100 MB',
        response(`X-Big: ${'x'.repeat(100 * mebibyte)}\r\n`),
        'too-large',
        /16 KiB of headers/,
      ],
      [
        'trailers without end',
        forever(`${ok}Transfer-Encoding: chunked\r\n\r\n0\r\n`, 'X-A: b\r\n'),
        'too-large',
        /16 KiB of headers/,
      ],
      [
        'interim answers without end',
        forever('', 'HTTP/1.1 103 Early Hints\r\n\r\n'),
        'too-large',
        /interim answers/,
      ],
      ['silence', () => undefined, 'timeout', /within 0.5 seconds/],
      ['a body that drips', dripping(`${ok}\r\n`, 'x'), 'timeout', /within 0.5 seconds/],
      ['a head that drips', dripping(`${ok}X-A: `, 'x'), 'timeout', /within 0.5 seconds/],
      [
        'a compressed body',
        response(`Content-Encoding: gzip\r\nContent-Length: ${gzipped.length}\r\n`, gzipped),
        'unreachable',
        /compressed its answer/,
      ],
      [
        'a body compressed twice',
        response('Content-Encoding: identity, br\r\n', gzipped),
        'unreachable',
        /compressed its answer/,
      ],
      [
        'another protocol',
        once('HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\nhello'),
        'unreachable',
        /changed the protocol/,
      ],
      ['rubbish', once('rubbish\r\n\r\n'), 'unreachable', /does not answer in HTTP/],
      [
        'two lengths',
        response('Content-Length: 1\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'),
        'unreachable',
        /does not answer in HTTP/,
      ],
      ['an end without an answer', once(), 'unreachable', /ended the connection/],
      [
        'a body that ends early',
        response('Content-Length: 99\r\n', '{'),
        'unreachable',
        /ended the connection/,
      ],
    ];
    for (const [situation, behave, kind, sentence] of rows) {
      it(`${situation}: ${kind}`, async () => {
        const { origin } = await startRaw(behave);
        const failure = await failureOf(origin, { timeoutMs: kind === 'timeout' ? 500 : 10_000 });
        assert.equal(failure.kind, kind);
        assert.match(failure.message, sentence);
      });
    }

    it('a body of 1 MiB is read, one more byte is not', async () => {
      const [fits, tooLong] = [mebibyte, mebibyte + 1].map((length) =>
        startRaw(once(`${ok}\r\n`, 'x'.repeat(length))),
      );
      assert.equal((await send((await fits!).origin)).body.length, mebibyte);
      assert.equal((await failureOf((await tooLong!).origin)).kind, 'too-large');
    });

    it('a compressed transfer is not unpacked', async () => {
      const { origin } = await startRaw(response('Transfer-Encoding: gzip\r\n', gzipped));
      const read = await send(origin).catch((error: unknown) => error as HttpFailure);
      assert.ok(read instanceof HttpFailure || read.body.length <= gzipped.length);
    });
  });

  describe('answers', () => {
    it('a redirect is an answer, and nobody goes there', async () => {
      for (const code of [301, 302, 303, 307, 308]) {
        const other = await start(status(200));
        const location = `${other.origin}/token`;
        const token = await startRaw(
          once(`HTTP/1.1 ${code} Elsewhere\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`),
        );
        const { status: got, headers } = await send(`${token.origin}/token`, {
          method: 'POST',
          body: 'code=c0de',
        });
        assert.deepEqual([got, headers['location']], [code, [location]]);
        assert.equal(token.connections, 1);
        assert.deepEqual(other.received, []);
      }
    });

    it('repeated headers are one list, under names in lower case', async () => {
      const headers =
        'WWW-Authenticate: Negotiate\r\nwww-authenticate: Bearer a="b"\r\n__proto__: x';
      const { origin } = await startRaw(
        once(`HTTP/1.1 401 No\r\n${headers}\r\nContent-Length: 2\r\n\r\n{}`),
      );
      const answer = await send(origin);
      assert.deepEqual(answer.status, 401);
      assert.deepEqual(Object.entries(answer.headers), [
        ['www-authenticate', ['Negotiate', 'Bearer a="b"']],
        ['__proto__', ['x']],
        ['content-length', ['2']],
      ]);
    });

    it('bytes that are no UTF-8 are replaced', async () => {
      const { origin } = await startRaw(once(`${ok}\r\n`, Buffer.from('"\xff"', 'latin1')));
      assert.equal((await send(origin)).body, '"\ufffd"');
    });
  });

  describe('requests', () => {
    it('say what they are given and ask for nothing compressed', async () => {
      const server = await start(status(200));
      await send(server.origin, { headers: { 'Accept-Encoding': 'gzip', 'X-A': 'b' } });
      const host = server.origin.slice('http://'.length);
      assert.deepEqual(
        server.received.map(({ rawHeaders }) => rawHeaders),
        [['accept-encoding', 'identity', 'x-a', 'b', 'Host', host, 'Connection', 'close']],
      );
    });

    it('a header with a line break or a control character is not sent', async () => {
      const server = await start(status(200));
      for (const [name, value] of [
        ['Authorization', 'Bearer a\r\nX-Evil: b'],
        ['Authorization', 'Bearer a\u0000'],
        ['Authorization', 'Bearer \u2028'],
        ['X-Evil: a\r\nX-More', 'b'],
        ['', 'b'],
      ] as const) {
        const failure = await failureOf(server.origin, {}, { headers: { [name]: value } });
        assert.match(failure.message, /characters that HTTP does not allow\. Nothing was sent\.$/);
        assert.doesNotMatch(failure.message, /Bearer|[\r\n]/);
      }
      assert.deepEqual(server.received, []);
    });

    it('end at once when they are cancelled, wherever they are', async () => {
      const silent = await startRaw(() => control.abort());
      let control = new AbortController();
      const waiting = failureOf(silent.origin, {}, {}, control.signal);
      assert.equal((await waiting).kind, 'cancelled');

      control = new AbortController();
      const resolve = () => {
        control.abort();
        return new Promise<never>(() => undefined);
      };
      const options = { serverUrl: 'https://mcp.example', resolve };
      const resolving = failureOf('https://as.example', options, {}, control.signal);
      assert.equal((await resolving).kind, 'cancelled');

      const server = await start(status(200));
      const late = await failureOf(server.origin, {}, {}, control.signal);
      assert.deepEqual([late.kind, server.received], ['cancelled', []]);
    });

    it('a port without a server, a name without an address', async () => {
      const server = await startServer(status(200));
      await server.close();
      const refused = await failureOf(server.origin);
      assert.deepEqual(
        [refused.kind, /refuses connections/.test(refused.message)],
        ['unreachable', true],
      );
      const unknown = await failureOf('https://as.example', { resolve: async () => [] });
      assert.deepEqual(
        [unknown.kind, unknown.message.slice(0, 21)],
        ['unreachable', 'as.example is a name '],
      );
    });
  });

  describe('addresses', () => {
    const remote = 'https://mcp.example/mcp';

    it('every spelling of this machine is refused to a server elsewhere', async () => {
      const { origin, received } = await start(status(200));
      const port = origin.replace(/^.*:/, '');
      const spellings = [
        '127.0.0.1',
        '127.1',
        '0x7f.1',
        '0x7f000001',
        '2130706433',
        '017700000001',
        '127.0.0.1.',
        '①②⑦.0.0.1',
        '%31%32%37.0.0.1',
        '[::1]',
        '[::ffff:127.0.0.1]',
        '[::ffff:7f00:1]',
        '[0:0:0:0:0:ffff:127.0.0.1]',
        '[64:ff9b::127.0.0.1]',
        '[::127.0.0.1]',
        '[2002:7f00:1::]',
        '0.0.0.0',
        '0',
        '[::]',
        'localhost',
        'as.example',
      ];
      const resolve = async (name: string) =>
        name === 'mcp.example' ? [publicAddress] : ['127.0.0.1'];
      for (const host of spellings) {
        const options = { serverUrl: remote, resolve };
        const failure = await failureOf(`https://${host}:${port}/`, options);
        assert.equal(failure.kind, 'refused-address', `${host}: ${failure.message}`);
        assert.match(failure.message, /Nothing was sent\.$/);
      }
      assert.deepEqual(received, []);
    });

    it('what a name leads to is refused, one bad address among good ones included', async () => {
      for (const address of [
        '10.0.0.1',
        '172.16.0.1',
        '192.168.1.1',
        '100.100.100.200',
        '169.254.169.254',
        '::ffff:169.254.169.254',
        'fe80::1%lo',
        'fd00:ec2::254',
        '224.0.0.1',
        'ff02::1',
        '255.255.255.255',
        '192.0.0.192',
      ]) {
        const resolve = async (name: string) =>
          name === 'mcp.example' ? [publicAddress] : [publicAddress, address];
        const failure = await failureOf('https://as.example', { serverUrl: remote, resolve });
        assert.equal(failure.kind, 'refused-address', address);
        assert.ok(failure.message.includes(address), failure.message);
      }
    });

    it('a server on this machine may lead to this machine, not to the metadata of a cloud', async () => {
      const { origin } = await start(status(204));
      assert.equal((await send(origin)).status, 204);
      for (const host of ['169.254.169.254', '0.0.0.0']) {
        const failure = await failureOf(`https://${host}/`, { serverUrl: origin });
        assert.equal(failure.kind, 'refused-address');
      }
    });

    it('a name is looked up once, and the second answer of its owner changes nothing', async () => {
      const { origin, received } = await start(status(204));
      const answers = ['127.0.0.1', '10.0.0.1'];
      const asked: string[] = [];
      const resolve = async (name: string) => {
        asked.push(name);
        return answers.splice(0, 1);
      };
      const url = origin.replace('127.0.0.1', 'localhost');
      assert.equal((await send(url, {}, { serverUrl: origin, resolve })).status, 204);
      assert.deepEqual([asked, received.length], [['localhost'], 1]);
      const second = await failureOf(url, { serverUrl: origin, resolve });
      assert.equal(second.kind, 'refused-address');
    });

    it('localhost over http is this machine or nothing', async () => {
      const { origin, received } = await start(status(204));
      const port = new URL(origin).port;
      for (const name of ['localhost', 'shop.localhost']) {
        const serverUrl = `http://${name}:${port}/mcp`;
        for (const address of [publicAddress, '192.168.1.1']) {
          const failure = await failureOf(serverUrl, { serverUrl, resolve: async () => [address] });
          assert.equal(failure.kind, 'refused-address');
        }
        const here = { serverUrl, resolve: async () => ['127.0.0.1'] };
        assert.equal((await send(serverUrl, {}, here)).status, 204);
        assert.equal((await send(origin, {}, here)).status, 204);
      }
      assert.equal(received.length, 4);
    });

    it('the name of a proxy is not ours to judge', async () => {
      const asked: string[] = [];
      const resolve = async (name: string) => {
        asked.push(name);
        return [publicAddress];
      };
      const guard = new AddressGuard(new URL(remote), resolve);
      const lookup = guard.lookupFor(new URL('https://as.example'), never);
      const address = await new Promise((settle) => {
        lookup('localhost', { family: 4 }, (_error, found) => settle(found));
      });
      assert.deepEqual([address, asked], ['127.0.0.1', []]);
    });
  });

  describe('TLS', () => {
    it('a certificate that nobody vouches for ends the request', async () => {
      const { port, received } = await startTls();
      const failure = await failureOf(`https://127.0.0.1:${port}/`);
      assert.equal(failure.kind, 'tls');
      assert.match(failure.message, /signed by nobody but itself\. Nothing was sent\.$/);
      assert.deepEqual(received, []);
    });

    it('plain http behind https is a failure of TLS', async () => {
      const { origin } = await start(status(200));
      assert.equal((await failureOf(origin.replace('http:', 'https:'))).kind, 'tls');
    });

    it('a name is verified, at the address that was checked', async () => {
      const { port, received, certificate } = await startTls('mcp.example', 'as.example');
      const here = ['127.0.0.1'];
      const addresses = { 'mcp.example': here, 'as.example': here, 'other.example': here };
      const requests = (serverUrl: string, urls: readonly string[]) =>
        sendTrusting(certificate, createTemporaryFolder(), { serverUrl, urls, addresses });
      const as = `https://as.example:${port}/`;

      // The server proves by its certificate that it is on this machine, so it may lead here.
      const server = `https://mcp.example:${port}/mcp`;
      const other = `https://other.example:${port}/`;
      const answers = await requests(server, [as, server, other]);
      assert.deepEqual(answers, ['hello', 'hello', 'tls']);
      assert.deepEqual(received, [`as.example:${port}`, `mcp.example:${port}`]);

      // A name that only claims to be here leads nobody here.
      const claims = `https://other.example:${port}/mcp`;
      assert.deepEqual(await requests(claims, [as, claims]), ['refused-address', 'tls']);
      assert.equal(received.length, 2);
    });
  });
});

function send(
  url: string,
  request: Partial<OAuthRequest> = {},
  options: Partial<GuardedHttpOptions> = {},
  signal = never,
): Promise<OAuthResponse> {
  const http = createGuardedHttp({ serverUrl: 'http://127.0.0.1/mcp', ...options });
  return http.send({ method: 'GET', headers: {}, ...request, url }, signal);
}

async function failureOf(
  url: string,
  options: Partial<GuardedHttpOptions> = {},
  request: Partial<OAuthRequest> = {},
  signal = never,
): Promise<HttpFailure> {
  const failure = await send(url, request, options, signal).then(
    (response) => assert.fail(`answered with ${response.status}`),
    (error: unknown) => error,
  );
  assert.ok(failure instanceof HttpFailure, String(failure));
  return failure;
}
