import { deepStrictEqual } from 'node:assert/strict';
import { findPlaceholders, findSecrets } from '../../../src/core/secrets/findSecrets';
import type { SecretSlot } from '../../../src/core/secrets/secretMatch';
import { argument, command, env, header, headersHelper, oauth, other, url } from './samples';

const length = 100_000;
const slots = [
  ...[header('Authorization'), header('Accept'), env('DB_PASSWORD'), env('API_KEY'), env('X')],
  ...[url, command, headersHelper, oauth('clientSecret'), other('note')],
];

// What once was, or could be, searched again from each of its beginnings.
const units = [
  ...['a', '1', '<1', '"', '\\"', '{"a":', '["', '[', '${a:-', '--token=${b:-c1d2e3f4g5} '],
  ...['a://b:', '?token=', 'eyJabcdefg.', '-----BEGIN PRIVATE KEY-----', 'sk-.', 'a=b;', 'your_'],
];

/** Quadratic work would take minutes, so that the time limit of a test tells it. */
function checkSpans(value: string, slot: SecretSlot): void {
  const spans = [...findSecrets(value, slot), ...findPlaceholders(value, slot)];
  deepStrictEqual(
    spans.filter(({ start, end }) => start < 0 || start >= end || end > value.length),
    [],
  );
}

describe('findSecrets on hostile values of 100 kB', () => {
  for (const unit of units) {
    it(`reads ${unit.trim()} over and over in time`, () =>
      checkSpans(unit.repeat(length / unit.length), env('API_KEY')));
  }

  const mixed = units.map((unit) => unit.repeat(length / units.length / unit.length)).join(' ');
  for (const slot of [...slots, argument(mixed), argument('--token', mixed)]) {
    it(`reads all of them in time: ${slot.kind}`, () => checkSpans(mixed, slot));
  }

  it('unpacks text packed too deep no further', () => {
    let value = 'x';
    for (let depth = 0; depth < 12; depth++) {
      value = JSON.stringify({ a: value });
    }
    deepStrictEqual(findSecrets(value, env('CONFIG')), []);
  });
});
