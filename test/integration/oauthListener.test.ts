import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { HttpFailure, type RedirectReceiver } from '../../src/core/oauth/ports';
import { openLoopbackListener, type LoopbackOptions } from '../../src/node/oauth/loopbackListener';

const texts = {
  language: 'de',
  received: { title: 'Antwort <erhalten>', text: 'Zurück zum Editor & weiter.' },
  failed: { title: 'Nicht angemeldet', text: 'Der Editor sagt, warum.' },
  refused: { title: 'Nicht erwartet', text: 'Diese Adresse gehört zu keiner Anmeldung.' },
};
const state = 'aB3-st4te';
const never = new AbortController().signal;

describe('where the browser comes back to', function () {
  this.timeout(20_000);

  const cleanups: (() => unknown)[] = [];
  afterEach(async () => {
    await Promise.all(cleanups.splice(0).map((cleanUp) => cleanUp()));
  });

  async function open(options: Partial<LoopbackOptions> = {}): Promise<Opened> {
    const receiver = await openLoopbackListener({ texts, ...options });
    cleanups.push(() => receiver.close());
    return new Opened(receiver);
  }

  it('listens on 127.0.0.1 alone, at the address that it names', async () => {
    const { receiver, port } = await open();
    assert.equal(receiver.redirectUri, `http://127.0.0.1:${port}/callback`);
    for (const host of ['127.0.0.2', '::1']) {
      await assert.rejects(once(connect(port, host), 'connect'), /ECONNREFUSED|EADDRNOTAVAIL/);
    }
  });

  it('gives what came with our state', async () => {
    const opened = await open();
    const received = opened.receive();
    const answer = await opened.get(`?code=a%2Bb+c&state=${state}&iss=https%3A%2F%2Fas.example`);
    assert.match(answer, /^HTTP\/1\.1 200 /);
    assert.deepEqual(Object.fromEntries(await received), {
      code: 'a+b c',
      state,
      iss: 'https://as.example',
    });
  });

  describe('a stranger is refused and changes nothing', () => {
    const right = `/callback?code=stolen&state=${state}`;
    const rows: readonly (readonly [string, (port: number) => string, string])[] = [
      ['a wrong state', get('/callback?code=x&state=wrong'), '400'],
      ['no state', get('/callback?code=x'), '400'],
      ['an empty state', get('/callback?code=x&state='), '400'],
      ['the start of our state', get(`/callback?code=x&state=${state.slice(0, -1)}`), '400'],
      ['our state and more', get(`/callback?code=x&state=${state}x`), '400'],
      ['our state in capitals', get(`/callback?code=x&state=${state.toUpperCase()}`), '400'],
      ['our state under another name', get(`/callback?code=x&STATE=${state}`), '400'],
      ['an error without our state', get('/callback?error=access_denied&state=wrong'), '400'],
      ['an error without a state', get('/callback?error=access_denied'), '400'],
      ['our state alone', get(`/callback?state=${state}`), '400'],
      ['two codes', get(`${right}&code=other`), '400'],
      ['two states', get(`${right}&state=other`), '400'],
      ['our state twice', get(`${right}&state=${state}`), '400'],
      ['any parameter twice', get(`${right}&a=1&%61=2`), '400'],
      ['no query', get('/callback'), '400'],
      ['the root', get(`/?code=x&state=${state}`), '404'],
      ['a path below', get(right.replace('?', '/?')), '404'],
      ['another spelling of the path', get(right.replace('c', '%63')), '404'],
      ['two slashes', get(`/${right}`), '404'],
      ['a path with dots', get(`/x/..${right}`), '404'],
      ['the icon', get('/favicon.ico'), '404'],
      ['a whole URL', (port) => ask(port, `GET http://127.0.0.1:${port}${right}`), '404'],
      ...['POST', 'PUT', 'HEAD', 'OPTIONS', 'DELETE', 'PATCH', 'TRACE'].map(
        (method) => [method, (port: number) => ask(port, `${method} ${right}`), '405'] as const,
      ),
      ['the host of a page', host(() => 'evil.example'), '421'],
      ['the host of a page with our port', host((port) => `evil.example:${port}`), '421'],
      ['another name of this machine', host((port) => `localhost:${port}`), '421'],
      ['our host without its port', host(() => '127.0.0.1'), '421'],
      ['our host with another port', host(() => '127.0.0.1:1'), '421'],
      ['our host with a dot', host((port) => `127.0.0.1.:${port}`), '421'],
      ['our host, forwarded', host((port) => `x\r\nX-Forwarded-Host: 127.0.0.1:${port}`), '421'],
      ['two hosts', host((port) => `127.0.0.1:${port}\r\nHost: evil.example`), '421'],
      ['no host', () => `GET ${right} HTTP/1.1\r\n\r\n`, '400'],
      ['no host in HTTP/1.0', () => `GET ${right} HTTP/1.0\r\n\r\n`, '421'],
      ['headers of 20 kB', host((port) => `127.0.0.1:${port}\r\nX: ${'x'.repeat(20_000)}`), '431'],
      ['a query of 20 kB', get(`${right}&x=${'x'.repeat(20_000)}`), '431'],
      ['rubbish', () => 'rubbish\r\n\r\n', '400'],
      ['TLS', () => '\u0016\u0003\u0001\u0002\u0000\u0001', '400'],
    ];
    for (const [who, request, code] of rows) {
      it(`${who}: ${code}`, async () => {
        const opened = await open();
        const received = opened.receive();
        const answer = await opened.exchange(request(opened.port));
        assert.equal(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1], code);
        assert.doesNotMatch(answer, /access-control|stolen/i);
        assert.deepEqual(await opened.finish(received), { code: 'c0de', state });
      });
    }

    it('CONNECT is hung up on', async () => {
      const opened = await open();
      const received = opened.receive();
      assert.equal(await opened.exchange(ask(opened.port, 'CONNECT evil.example:443')), '');
      assert.deepEqual(await opened.finish(received), { code: 'c0de', state });
    });

    it('a flood', async () => {
      const opened = await open();
      const received = opened.receive();
      const idle = Array.from({ length: 200 }, () => opened.connect());
      const busy = Array.from({ length: 200 }, () =>
        opened.exchange(get('/callback?code=x&state=wrong')(opened.port)),
      );
      await Promise.all(busy);
      assert.deepEqual(await opened.finish(received), { code: 'c0de', state });
      idle.forEach((socket) => socket.destroy());
    });

    it('one that never finishes its request is cut off, and nobody waits for it', async () => {
      const opened = await open();
      const slow = opened.connect();
      slow.write(`GET ${right} HTTP/1.1\r\nHost: 127.0.0.1`);
      const cut = closeOf(slow.resume());
      assert.deepEqual(await opened.finish(opened.receive()), { code: 'c0de', state });
      await cut;
    });
  });

  describe('an answer', () => {
    it('that is an error counts with our state', async () => {
      const opened = await open();
      const received = opened.receive();
      const answer = await opened.get(`?error=access_denied&state=${state}`);
      assert.match(answer, /<h1>Nicht angemeldet<\/h1>/);
      assert.equal((await received).get('error'), 'access_denied');
    });

    it('counts once', async () => {
      const opened = await open();
      const received = opened.receive();
      assert.deepEqual(await opened.finish(received), { code: 'c0de', state });
      assert.match(await opened.get(`?code=second&state=${state}`), /^HTTP\/1\.1 410 /);
      await assert.rejects(opened.receive(), /receives one answer/);
    });

    it('counts once in one connection', async () => {
      const opened = await open();
      const received = opened.receive();
      const [first, second] = ['first', 'second'].map((code) =>
        get(`/callback?code=${code}&state=${state}`)(opened.port).replace('close', 'keep-alive'),
      );
      assert.equal(
        (await opened.exchange(`${first}${second}`)).match(/HTTP\/1\.1 200/g)?.length,
        1,
      );
      assert.equal((await received).get('code'), 'first');
    });

    it('may come before it is waited for, among strangers', async () => {
      const opened = await open();
      let refused = 0;
      const until: { readonly count: number; readonly done: () => void }[] = [];
      const refusals = (count: number) =>
        new Promise<void>((done) => (refused >= count ? done() : until.push({ count, done })));
      const stranger = async () => {
        assert.match(await opened.get('?code=x&state=wrong'), /^HTTP\/1\.1 4(?:00|10) /);
        refused++;
        until.filter(({ count }) => count === refused).forEach(({ done }) => done());
      };
      // Of all that came before we know what we wait for, the last 16 are held.
      const strangers = Array.from({ length: 40 }, stranger);
      await refusals(24);
      const page = opened.get(`?code=c0de&state=${state}`);
      strangers.push(stranger());
      await refusals(26);
      assert.equal((await opened.receive()).get('code'), 'c0de');
      assert.match(await page, /^HTTP\/1\.1 200 /);
      await Promise.all(strangers);
    });

    it('has its page shown although the sign-in ends at once', async () => {
      const opened = await open();
      const received = opened.receive().then(() => opened.receiver.close());
      const page = await opened.get(`?code=c0de&state=${state}`);
      await received;
      assert.match(page, /<\/html>\n$/);
    });
  });

  it('the page is static, for nobody to keep, to frame or to run', async () => {
    const opened = await open();
    const received = opened.receive();
    const query = `?error=server_error&error_description=%3Cscript%3Eevil&state=${state}`;
    for (const answer of [await opened.get('?state=evil'), await opened.get(query)]) {
      assert.doesNotMatch(answer, /evil|server_error|st4te/);
      const headers = answer.slice(0, answer.indexOf('\r\n\r\n')).toLowerCase().split('\r\n');
      for (const header of [
        "content-security-policy: default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
        'x-content-type-options: nosniff',
        'x-frame-options: deny',
        'cache-control: no-store',
        'referrer-policy: no-referrer',
        'content-type: text/html; charset=utf-8',
        'connection: close',
      ]) {
        assert.ok(headers.includes(header), header);
      }
    }
    await received;
  });

  it('the page speaks the language of the editor, and its texts stay text', async () => {
    const opened = await open();
    const received = opened.receive();
    const answer = await opened.get(`?code=c0de&state=${state}`);
    assert.match(answer, /<html lang="de">/);
    assert.match(
      answer,
      /<h1>Antwort &#60;erhalten&#62;<\/h1>\n<p>Zurück zum Editor &#38; weiter\.<\/p>/,
    );
    await received;
  });

  describe('the end', () => {
    const endings = [
      ['timeout', /did not come back within/, { timeoutMs: 50 }, () => undefined],
      ['cancelled', /was cancelled/, {}, (_, control) => control.abort()],
      ['cancelled', /was cancelled/, {}, ({ receiver }) => void receiver.close()],
    ] as const satisfies readonly (readonly [
      string,
      RegExp,
      Partial<LoopbackOptions>,
      (opened: Opened, control: AbortController) => void,
    ])[];
    endings.forEach(([kind, sentence, options, end], index) => {
      it(`${kind} (${index}): nothing listens any more`, async () => {
        const opened = await open(options);
        const control = new AbortController();
        const slow = opened.connect();
        slow.write('GET /');
        await once(slow, 'connect');
        const received = opened.receive(control.signal);
        const cut = closeOf(slow.resume());
        end(opened, control);
        const failure = await received.catch((error: unknown) => error);
        assert.ok(failure instanceof HttpFailure);
        assert.deepEqual([failure.kind, sentence.test(failure.message)], [kind, true]);
        await opened.receiver.close();
        await cut;
        await assert.rejects(once(opened.connect(), 'connect'), /ECONNREFUSED/);
      });
    });

    it('of a sign-in that was cancelled before it waited', async () => {
      const opened = await open();
      await assert.rejects(opened.receive(AbortSignal.abort()), { kind: 'cancelled' });
      await assert.rejects(once(opened.connect(), 'connect'), /ECONNREFUSED/);
    });

    it('comes without a wait, and twice', async () => {
      const opened = await open();
      await Promise.all([opened.receiver.close(), opened.receiver.close()]);
      await assert.rejects(opened.receive(), /receives one answer/);
    });
  });

  it('a given path and port are used, a port that is taken is told', async () => {
    const { port } = await open();
    await assert.rejects(open({ port }), (failure: HttpFailure) => {
      assert.equal(failure.kind, 'unreachable');
      assert.match(failure.message, new RegExp(`^Port ${port} of 127\\.0\\.0\\.1, .* in use`));
      return true;
    });
    await Promise.all(cleanups.splice(0).map((cleanUp) => cleanUp()));
    const opened = await open({ port, path: '/oauth/back' });
    assert.equal(opened.receiver.redirectUri, `http://127.0.0.1:${port}/oauth/back`);
    const received = opened.receive();
    await opened.exchange(get(`/oauth/back?code=c0de&state=${state}`)(port));
    assert.equal((await received).get('code'), 'c0de');
  });
});

/** A receiver and the ways to send it something, byte by byte. */
class Opened {
  readonly port: number;

  constructor(readonly receiver: RedirectReceiver) {
    this.port = Number(new URL(receiver.redirectUri).port);
  }

  receive(signal = never): Promise<URLSearchParams> {
    return this.receiver.receive(state, signal);
  }

  connect(): Socket {
    return connect(this.port, '127.0.0.1').on('error', () => undefined);
  }

  /** Everything that came until the other side hung up. */
  exchange(request: string): Promise<string> {
    const socket = this.connect();
    socket.write(request, 'latin1');
    return read(socket);
  }

  get(query: string): Promise<string> {
    return this.exchange(get(`/callback${query}`)(this.port));
  }

  /** Sends the right answer. */
  async finish(received: Promise<URLSearchParams>): Promise<object> {
    assert.match(await this.get(`?code=c0de&state=${state}`), /^HTTP\/1\.1 200 /);
    return Object.fromEntries(await received);
  }
}

async function read(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (part) => (text += part.toString('utf8')));
  await closeOf(socket);
  return text;
}

/** Other than `once`, also of a connection that was reset. */
function closeOf(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.on('close', () => resolve()));
}

function ask(port: number, line: string): string {
  return `${line} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`;
}

function get(target: string): (port: number) => string {
  return (port) => ask(port, `GET ${target}`);
}

/** The right answer, but for its host. */
function host(of: (port: number) => string): (port: number) => string {
  return (port) => `GET /callback?code=stolen&state=${state} HTTP/1.1\r\nHost: ${of(port)}\r\n\r\n`;
}
