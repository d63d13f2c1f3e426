import { headerValue, type HttpExchange } from './httpExchange';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Less than this may be the way of the answer, and the seconds that the header leaves out. */
const leastSkewMs = 60_000;

/**
 * How far the clock of this computer is ahead of the server's, in milliseconds, negative where it is
 * behind; `undefined` where they agree within a minute or the answer does not tell.
 * @param now when the head of the answer had come, in epoch milliseconds
 */
export function readClockAhead(exchange: HttpExchange, now: number): number | undefined {
  const date = parseHttpDate(headerValue(exchange, 'date') ?? '');
  // An answer out of a cache tells the time at which it was made.
  const isCached = Number(headerValue(exchange, 'age') ?? 0) > 0;
  if (date === undefined || isCached) {
    return undefined;
  }
  const aheadMs = now - date;
  return Math.abs(aheadMs) > leastSkewMs ? aheadMs : undefined;
}

/** Epoch milliseconds of `Sun, 06 Nov 1994 08:49:37 GMT`. @see RFC 9110 §5.6.7 */
export function parseHttpDate(text: string): number | undefined {
  const form = /^[A-Za-z]{3}, (\d{2}) ([A-Za-z]{3}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/;
  const [, day, monthName = '', year, hour, minute, second] = form.exec(text.trim()) ?? [];
  const month = months.indexOf(monthName);
  if (day === undefined || month < 0) {
    return undefined;
  }
  const days = daysSinceEpoch(Number(year), month + 1, Number(day));
  return ((days * 24 + Number(hour)) * 60 + Number(minute)) * 60_000 + Number(second) * 1000;
}

/** Days from 1970-01-01 in the Gregorian calendar; the year begins in March here. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const fromMarch = (month + 9) % 12;
  const shifted = month <= 2 ? year - 1 : year;
  const leapDays = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return shifted * 365 + leapDays + Math.floor((fromMarch * 153 + 2) / 5) + day - 1 - 719_468;
}
