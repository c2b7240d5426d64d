import { expect, it } from 'vitest';
import { dayAfterMonths, monthAfter, weeksOf } from './month';

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

it('goes from month to month, to the last day of a shorter one', () => {
  expect(monthAfter('2026-12', 1)).toBe('2027-01');
  expect(dayAfterMonths('2026-03-31', -1)).toBe('2026-02-28');
  expect(dayAfterMonths('2026-03-15', 1)).toBe('2026-04-15');
});
