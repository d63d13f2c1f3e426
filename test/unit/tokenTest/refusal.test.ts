import assert from 'node:assert/strict';
import { findLocalRefusal } from '../../../src/core/tokenTest/localRefusal';
import { describeRefusal, findRefusal, type Refusal } from '../../../src/core/tokenTest/refusal';

const url = 'https://tracker.example/mcp';

function refusalOf(value: string, name = 'Authorization'): Refusal | undefined {
  const headers = [{ name, value, secretNames: ['API_TOKEN'] }];
  return findRefusal({ transport: 'http', serverName: 'tracker', url, headers });
}

describe('what is refused before anything is sent', () => {
  const values: readonly (readonly [situation: string, value: string, kind: string | undefined])[] =
    [
      ['a bearer token', 'Bearer abc', undefined],
      ['a Latin-1 letter', 'clé', undefined],
      ['quotes within a value', 'Digest username="ann", realm="x"', undefined],
      ['a scheme word within a token', 'Bearer bearerabc', undefined],
      ['an empty variable', '', 'value-empty'],
      ['a scheme and an empty variable', 'Bearer ', 'scheme-without-token'],
      ['a scheme alone', 'bearer', 'scheme-without-token'],
      ['a line feed at the end', 'Bearer abc\n', 'control-character'],
      ['a second header after a line break', 'Bearer abc\r\nX-Evil: 1', 'control-character'],
      ['a NUL', 'Bearer a\0b', 'control-character'],
      ['a space at the end', 'Bearer abc ', 'outer-white-space'],
      ['a no-break space in front', '\u00a0abc', 'outer-white-space'],
      ['quotes around the token', 'Bearer "abc"', 'quoted'],
      ['quotes around the value', "'Bearer abc'", 'quoted'],
      ['typographic quotes', 'Bearer “abc”', 'not-latin1'],
      ['a token of two words', 'Bearer abc def', 'inner-white-space'],
      ['Basic, which holds anything', 'Basic abc', undefined],
      ['a doubled scheme', 'Bearer bearer abc', 'scheme-doubled'],
      ['as much as curl takes', 'a'.repeat(99_980), undefined],
      ['more than curl takes', 'a'.repeat(100_000), 'too-long'],
      ['as much, escaped', '"'.repeat(60_000) + 'a', 'too-long'],
    ];
  for (const [situation, value, kind] of values) {
    it(`${situation}: ${kind ?? 'sent'}`, () => {
      assert.deepEqual(
        refusalOf(value),
        kind && { kind, header: 'Authorization', variable: 'API_TOKEN' },
      );
    });
  }

  it('a header whose variable has no value, naming the variable only', () => {
    assert.deepEqual(refusalOf('Bearer ${API_TOKEN:?gone}'), {
      kind: 'variable-unresolved',
      where: 'header Authorization',
      variable: 'API_TOKEN',
    });
  });

  for (const name of ['', 'X Key', 'X-Key:', '@file', 'X\nY', 'Schlüssel']) {
    it(`the header name ${JSON.stringify(name)}`, () => {
      assert.deepEqual(refusalOf('abc', name), { kind: 'header-name', header: name });
    });
  }

  const urls: readonly (readonly [string, Refusal | undefined])[] = [
    ['http://127.0.0.1:8080/mcp', undefined],
    ['HTTPS://tracker.example', undefined],
    ['https://${HOST}/mcp', { kind: 'variable-unresolved', where: 'url', variable: 'HOST' }],
    ['tracker.example/mcp', { kind: 'url-unreadable' }],
    ['', { kind: 'url-unreadable' }],
    ['localhost:8080/mcp', { kind: 'url-scheme', scheme: 'localhost:' }],
    ['file:///etc/passwd', { kind: 'url-scheme', scheme: 'file:' }],
    ['ws://tracker.example', { kind: 'url-scheme', scheme: 'ws:' }],
  ];
  for (const [text, expected] of urls) {
    it(`the url ${JSON.stringify(text)}: ${expected?.kind ?? 'sent'}`, () => {
      assert.deepEqual(
        findRefusal({ transport: 'http' as const, serverName: 's', url: text, headers: [] }),
        expected,
      );
    });
  }

  const sockets: readonly (readonly [string, Refusal | undefined])[] = [
    ['ws://127.0.0.1:8080/mcp', undefined],
    ['WSS://tracker.example', undefined],
    ['https://tracker.example', undefined],
    ['ftp://tracker.example', { kind: 'url-scheme', scheme: 'ftp:', transport: 'ws' }],
    ['wss://tracker.example/mcp#a', { kind: 'url-fragment' }],
    ['wss://${HOST}', { kind: 'variable-unresolved', where: 'url', variable: 'HOST' }],
  ];
  for (const [text, expected] of sockets) {
    it(`the url ${JSON.stringify(text)} of a server of type ws: ${expected?.kind ?? 'sent'}`, () => {
      assert.deepEqual(
        findRefusal({ transport: 'ws', serverName: 's', url: text, headers: [] }),
        expected,
      );
    });
  }

  it('a local server for what no system hands over, and not for a reference without a value', () => {
    const text = (value: string) => ({ text: value, written: value, secretNames: [] });
    const target = (command: string, arg: string, name: string) => ({
      transport: 'stdio' as const,
      serverName: 's',
      command: text(command),
      args: [text(arg)],
      env: [{ name, ...text('') }],
      folder: '/shop',
    });
    assert.deepEqual(
      [
        target('node', '${UNSET}\n', 'A'),
        target('  ', 'a', 'A'),
        target('node', 'a\0b', 'A'),
        target('node', 'a', 'A\0'),
      ].map(findLocalRefusal),
      [
        undefined,
        { kind: 'command-empty' },
        { kind: 'nul-character', where: 'args[0]' },
        { kind: 'nul-character', where: 'env A ' },
      ],
    );
  });

  it('keeps its tone', () => {
    const refusals: readonly Refusal[] = [
      { kind: 'url-scheme', scheme: 'ftp:', transport: 'ws' },
      { kind: 'url-scheme', scheme: 'ws:' },
      { kind: 'url-fragment' },
      { kind: 'command-empty' },
      { kind: 'nul-character', where: 'env A' },
    ];
    for (const { cause, next } of refusals.map(describeRefusal)) {
      assert.match(cause, /^[A-Z].*\.$/);
      assert.match(next, /^[A-Z].*\.$/);
    }
  });

  it('the sentences name the header and what to do, never the value', () => {
    const refusal = refusalOf('Bearer Bearer abc');
    assert.deepEqual(refusal && describeRefusal(refusal), {
      cause: 'The value of header Authorization names its scheme twice, as in "Bearer Bearer …".',
      next: 'Remove the scheme either from the header or from the value of the variable.',
    });
  });
});
