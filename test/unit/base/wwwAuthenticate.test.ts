import assert from 'node:assert/strict';
import { parseChallenges } from '../../../src/core/base/wwwAuthenticate';

type Challenge = ReturnType<typeof parseChallenges>[number];

describe('reading WWW-Authenticate', () => {
  const rows: readonly (readonly [
    situation: string,
    text: string,
    expected: readonly Challenge[],
  ])[] = [
    ['nothing', '', []],
    ['a scheme alone', 'Bearer', [{ scheme: 'Bearer', params: {} }]],
    [
      'parameters, quoted and not, with names in any case',
      'bearer Realm="a, b", ERROR=invalid_token',
      [{ scheme: 'bearer', params: { realm: 'a, b', error: 'invalid_token' } }],
    ],
    [
      'escapes within quotes',
      String.raw`Bearer realm="say \"hi\" \\ \x"`,
      [{ scheme: 'Bearer', params: { realm: String.raw`say "hi" \ x` } }],
    ],
    [
      'several challenges in one value',
      'Negotiate, Basic realm="x" , Bearer scope="a b",error="insufficient_scope"',
      [
        { scheme: 'Negotiate', params: {} },
        { scheme: 'Basic', params: { realm: 'x' } },
        { scheme: 'Bearer', params: { scope: 'a b', error: 'insufficient_scope' } },
      ],
    ],
    [
      'token68',
      'Negotiate YII+/a==, Bearer',
      [
        { scheme: 'Negotiate', token68: 'YII+/a==', params: {} },
        { scheme: 'Bearer', params: {} },
      ],
    ],
    [
      'white space around the equals sign and empty list elements',
      ', Bearer realm\t= "x",, , scope =y',
      [{ scheme: 'Bearer', params: { realm: 'x', scope: 'y' } }],
    ],
    [
      'a name within a quoted value',
      'Bearer realm="scope=\\"evil\\", Basic x=y"',
      [{ scheme: 'Bearer', params: { realm: 'scope="evil", Basic x=y' } }],
    ],
    [
      'a name that ends like another',
      'Bearer x_scope="no"',
      [{ scheme: 'Bearer', params: { x_scope: 'no' } }],
    ],
    [
      'a repeated name: the first counts',
      'Bearer error=a, error=b',
      [{ scheme: 'Bearer', params: { error: 'a' } }],
    ],
    [
      'a quote that never ends',
      'Bearer realm="abc, Basic',
      [{ scheme: 'Bearer', params: { realm: 'abc, Basic' } }],
    ],
    [
      'garbage up to the next comma',
      '=?, a=b, {"x,y"}, Bearer scope=read write, Basic realm="r" junk',
      [
        { scheme: 'Bearer', params: { scope: 'read' } },
        { scheme: 'Basic', params: { realm: 'r' } },
      ],
    ],
  ];
  for (const [situation, text, expected] of rows) {
    it(situation, () => {
      assert.deepEqual(parseChallenges([text]), expected);
    });
  }

  it('several headers are one list', () => {
    const schemes = parseChallenges(['Basic realm="a"', 'Bearer']).map(({ scheme }) => scheme);
    assert.deepEqual(schemes, ['Basic', 'Bearer']);
  });

  it('stays fast on a hostile value', () => {
    const hostile = ['"', '\\"', 'a ', 'a=', 'a,', ' ', 'Bearer "', '~'];
    const started = performance.now();
    for (const part of hostile) {
      parseChallenges([part.repeat(100_000)]);
    }
    assert.ok(performance.now() - started < 3000);
  });
});
