import { expect, it } from 'vitest';
import { dayAfterMonths, monthAfter, monthSpan, weeksAround, weeksOf } from './month';

it.each([
  ['2026-03', 1, '2026-02-23', '2026-04-05', 6],
  ['2026-03', 0, '2026-03-01', '2026-04-04', 5],
  ['2027-02', 1, '2027-02-01', '2027-02-28', 4],
  ['2026-12', 0, '2026-11-29', '2027-01-02', 5],
])('%s is in whole weeks of the first day %i', (month, weekday, first, last, count) => {
  const weeks = weeksOf(month, weekday);
  expect(weeks).toHaveLength(count);
  expect([weeks[0]?.[0], weeks.at(-1)?.at(-1)]).toEqual([first, last]);
});

it.each([
  ['2026-11-30', 1, false, '2026-11-30', '2027-01-03'],
  ['2026-11-29', 1, false, '2026-11-23', '2026-12-27'],
  ['2026-11-29', 0, false, '2026-11-29', '2027-01-02'],
  ['2026-12-01', 1, true, '2026-11-02', '2026-12-06'],
])('around %s are five weeks of the first day %i', (today, weekday, isBackwards, first, last) => {
  const weeks = weeksAround(today, weekday, isBackwards);
  expect(weeks).toHaveLength(5);
  expect([weeks[0]?.[0], weeks.at(-1)?.at(-1)]).toEqual([first, last]);
});

it('goes from month to month, to the last day of a shorter one', () => {
  expect(monthAfter('2026-12', 1)).toBe('2027-01');
  expect(dayAfterMonths('2026-03-31', -1)).toBe('2026-02-28');
  expect(dayAfterMonths('2026-03-15', 1)).toBe('2026-04-15');
});

it('names the months that are shown', () => {
  const span = (first: string, last: string) => monthSpan(first, last, 'en-GB').replaceAll(/\s/g, ' '); // some are thin
  expect(span('2026-12-01', '2026-12-01')).toBe('December 2026');
  expect(span('2026-11-16', '2026-12-20')).toBe('November – December 2026');
  expect(span('2026-11-30', '2027-01-03')).toBe('November 2026 – January 2027');
});
