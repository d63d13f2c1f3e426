import assert from 'node:assert/strict';
import { parseHttpDate, readClockAhead } from '../../../src/core/tokenTest/httpDate';
import { exchangeWith } from './exchanges';

describe('the date of an answer', () => {
  for (const text of [
    'Sun, 06 Nov 1994 08:49:37 GMT',
    'Thu, 01 Jan 1970 00:00:00 GMT',
    'Tue, 29 Feb 2028 23:59:59 GMT',
    'Wed, 01 Mar 2100 00:00:00 GMT',
    'Fri, 31 Dec 1999 12:00:00 GMT',
  ]) {
    it(text, () => {
      assert.equal(parseHttpDate(text), Date.parse(text));
    });
  }

  for (const text of ['', 'now', 'Sun, 06 Foo 1994 08:49:37 GMT', '2026-01-01T00:00:00Z']) {
    it(`none: ${JSON.stringify(text)}`, () => {
      assert.equal(parseHttpDate(text), undefined);
    });
  }

  const now = Date.parse('Sun, 06 Nov 1994 09:00:00 GMT');
  const rows = [
    ['within a minute', 'Sun, 06 Nov 1994 08:59:01 GMT', undefined, undefined],
    ['ahead', 'Sun, 06 Nov 1994 08:50:00 GMT', undefined, 600_000],
    ['behind', 'Sun, 06 Nov 1994 09:10:00 GMT', undefined, -600_000],
    ['an answer out of a cache', 'Sun, 06 Nov 1994 08:50:00 GMT', '600', undefined],
  ] as const;
  for (const [situation, date, age, expected] of rows) {
    it(`compared with the clock of this computer: ${situation}`, () => {
      const cached: readonly (readonly [string, string])[] =
        age === undefined ? [] : [['Age', age]];
      const exchange = exchangeWith({ headers: [['Date', date], ...cached] });
      assert.equal(readClockAhead(exchange, now), expected);
    });
  }
});
