import assert from 'node:assert/strict';
import { isReachable, parseOAuthUrl } from '../../../src/core/oauth/addressPolicy';
import { type HttpFailure } from '../../../src/core/oauth/ports';

describe('the addresses of a sign-in', () => {
  const good = [
    ['https://as.example/authorize?a=b', 'https://as.example/authorize?a=b'],
    ['HTTPS://AS.example:443', 'https://as.example/'],
    ['http://127.0.0.1:3000/', 'http://127.0.0.1:3000/'],
    ['http://0x7f.1/', 'http://127.0.0.1/'],
    ['http://localhost/', 'http://localhost/'],
    ['http://[::1]/', 'http://[::1]/'],
    ['http://[::ffff:127.0.0.1]/', 'http://[::ffff:7f00:1]/'],
    ['http://shop.localhost:3000/', 'http://shop.localhost:3000/'],
    ['https://as.example/mcp#tools', 'https://as.example/mcp'],
  ] as const;
  for (const [text, href] of good) {
    it(`${text} can be asked`, () => {
      assert.equal(parseOAuthUrl(text).href, href);
    });
  }

  const bad = [
    ['', 'refused-scheme', '"" is not a web address.'],
    ['as.example/token', 'refused-scheme', '"as.example/token" is not a web address.'],
    [
      'javascript:alert(1)',
      'refused-scheme',
      'The address starts with "javascript:". A sign-in uses https alone.',
    ],
    [
      'data:text/html,x',
      'refused-scheme',
      'The address starts with "data:". A sign-in uses https alone.',
    ],
    [
      'file:///etc/passwd',
      'refused-scheme',
      'The address starts with "file:". A sign-in uses https alone.',
    ],
    [
      'vscode://x.y/z',
      'refused-scheme',
      'The address starts with "vscode:". A sign-in uses https alone.',
    ],
    [
      'command:x',
      'refused-scheme',
      'The address starts with "command:". A sign-in uses https alone.',
    ],
    ['\\\\evil\\share', 'refused-scheme', '"\\\\evil\\share" is not a web address.'],
    [' https://as.example/', 'refused-scheme', '" https://as.example/" is not a web address.'],
    ['https://as.example/a b', 'refused-scheme', '"https://as.example/a b" is not a web address.'],
    ['a\u001b[2J\n\u202eb', 'refused-scheme', '"a [2J  b" is not a web address.'],
    ...[
      'http://as.example/',
      'http://localhost.evil.example/',
      'http://127.0.0.1.evil.example/',
      'http://10.0.0.1/',
      'http://[::ffff:10.0.0.1]/',
    ].map(
      (text) =>
        [
          text,
          'refused-scheme',
          `${new URL(text).host} is addressed with http. Everything sent there can be read on the way; a sign-in needs https.`,
        ] as const,
    ),
    [
      'https://user:pass@as.example/',
      'refused-address',
      'The address of as.example has a user name or a password in it.',
    ],
    [
      'https://mcp.example@evil.example/',
      'refused-address',
      'The address of evil.example has a user name or a password in it.',
    ],
  ] as const;
  for (const [text, kind, sentence] of bad) {
    it(`${JSON.stringify(text)} is refused`, () => {
      assert.throws(
        () => parseOAuthUrl(text),
        (error: HttpFailure) => error.kind === kind && error.message === sentence,
      );
    });
  }

  it('a server leads no deeper into a network than it is itself', () => {
    const kinds = ['public', 'private', 'loopback', 'link-local', 'special'] as const;
    const table = kinds.map((server) => [
      server,
      kinds.filter((kind) => isReachable(kind, server)).join(' '),
    ]);
    assert.deepEqual(table, [
      ['public', 'public'],
      ['private', 'public private'],
      ['loopback', 'public private loopback'],
      ['link-local', 'public link-local'],
      ['special', 'public'],
    ]);
  });
});
