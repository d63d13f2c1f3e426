import assert from 'node:assert/strict';
import { readChallenge, type ServerChallenge } from '../../../src/core/oauth/challenge';

describe('what a challenge asks for', () => {
  const rows: readonly (readonly [string, readonly string[], ServerChallenge])[] = [
    ['nothing', [], { isDpop: false }],
    [
      'a scheme after another',
      ['Negotiate, Bearer resource_metadata="https://a.example/m", scope="x y"'],
      { resourceMetadata: 'https://a.example/m', scopes: ['x', 'y'], isDpop: false },
    ],
    [
      'a header after another',
      ['Basic realm="x"', 'bearer scope=x'],
      { scopes: ['x'], isDpop: false },
    ],
    [
      'a name within a quoted realm',
      ['Bearer realm="x resource_metadata=\\"https://evil.example\\""'],
      { isDpop: false },
    ],
    ['a name that ends like another', ['Bearer x_scope="admin"'], { isDpop: false }],
    [
      'parameters of other schemes',
      ['Basic scope="admin", Bearer error=a'],
      { error: 'a', isDpop: false },
    ],
    ['spaces around the equals sign', ['Bearer scope = "x"'], { scopes: ['x'], isDpop: false }],
    [
      'the first of two addresses',
      ['Bearer resource_metadata="https://a.example", resource_metadata="https://b.example"'],
      { resourceMetadata: 'https://a.example', isDpop: false },
    ],
    [
      'a key to be bound to',
      ['DPoP error="use_dpop_nonce"'],
      { error: 'use_dpop_nonce', isDpop: true },
    ],
    ['a choice between a key and none', ['DPoP algs="ES256", Bearer'], { isDpop: false }],
    [
      'scopes twice and with odd white space',
      ['Bearer scope=" x  x y"'],
      { scopes: ['x', 'y'], isDpop: false },
    ],
  ];
  for (const [situation, headers, expected] of rows) {
    it(situation, () => {
      assert.deepEqual(readChallenge(headers), expected);
    });
  }
});
