import assert from 'node:assert/strict';
import { selectScopes, type ScopeSources } from '../../../src/core/oauth/scopes';

describe('the scopes that are asked for', () => {
  const none = { offered: [], offeredByIssuer: [] };
  const rows: readonly (readonly [string, ScopeSources, readonly string[]])[] = [
    ['none where nobody names any', none, []],
    [
      'all of the resource where the challenge is silent',
      { ...none, offered: ['a', 'b'] },
      ['a', 'b'],
    ],
    ['those of the challenge alone', { ...none, offered: ['a', 'b'], challenged: ['c'] }, ['c']],
    ['none where the challenge says none', { ...none, offered: ['a'], challenged: [] }, []],
    [
      'earlier ones and those of the challenge in a step-up',
      { ...none, offered: ['x'], previous: ['a', 'b'], challenged: ['b', 'c'] },
      ['a', 'b', 'c'],
    ],
    [
      'offline access where the issuer lists it',
      { offered: ['a'], offeredByIssuer: ['offline_access', 'a', 'admin'] },
      ['a', 'offline_access'],
    ],
    ['offline access not alone', { offered: [], offeredByIssuer: ['offline_access'] }, []],
    [
      'what a person chose, and nothing else',
      {
        offered: ['a', 'b'],
        offeredByIssuer: ['offline_access'],
        challenged: ['b'],
        chosen: ['a'],
      },
      ['a'],
    ],
  ];
  for (const [situation, sources, expected] of rows) {
    it(situation, () => {
      assert.deepEqual(selectScopes(sources), expected);
    });
  }
});
