import { deepStrictEqual } from 'node:assert/strict';
import { findSecrets } from '../../../src/core/secrets/findSecrets';
import type { SecretSlot } from '../../../src/core/secrets/secretMatch';
import { argument, env, opaque, url } from './samples';

const settings = JSON.stringify({ exaApiKey: opaque });
const spaced = btoa(JSON.stringify({ exaApiKey: `${opaque}1` }, null, 2));
const encoded = encodeURIComponent(settings);

const found = (value: string, slot: SecretSlot) =>
  findSecrets(value, slot).map(({ start, end, kind }) => [value.slice(start, end), kind]);

describe('a credential in JSON that is packed', () => {
  const cases: readonly (readonly [
    what: string,
    value: string,
    slot: SecretSlot,
    packed: string,
  ])[] = [
    [
      'Base64 in a parameter',
      `https://a.example/?config=${btoa(settings)}&v=1`,
      url,
      btoa(settings),
    ],
    [
      'Base64 whose padding is encoded',
      `https://a.example/?config=${encodeURIComponent(spaced)}`,
      url,
      encodeURIComponent(spaced),
    ],
    ['Base64 in a variable', spaced, env('CONFIG'), spaced],
    ['a percent-encoded argument', encoded, argument('--config', encoded), encoded],
    ['a percent-encoded parameter', `https://a.example/?config=${encoded}`, url, encoded],
  ];
  for (const [what, value, slot, packed] of cases) {
    it(`is found in ${what}`, () => deepStrictEqual(found(value, slot), [[packed, 'secret']]));
  }

  for (const value of [
    btoa(JSON.stringify({ exaApiKey: '${EXA_API_KEY}' })),
    btoa(JSON.stringify({ model: 'large', retries: 3 })),
    encodeURIComponent('{"model":"large"}'),
    '%7Bid%7D',
    `eyJ${'a'.repeat(40)}!`,
  ]) {
    it(`is not in ${value.slice(0, 30)}`, () => deepStrictEqual(found(value, env('CONFIG')), []));
  }
});
