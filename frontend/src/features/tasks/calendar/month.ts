/** The days of a month in weeks, which begin on the user's first day of the week. A month is `YYYY-MM`. */
import { addDays } from '@/lib/dates';

const WEEK = [0, 1, 2, 3, 4, 5, 6];

/** Returns whole weeks, so that days of the months before and after are among them. `weekStart`: 0 is Sunday. */
export function weeksOf(month: string, weekStart: number): string[][] {
  const first = `${month}-01`;
  const before = (new Date(`${first}T00:00:00Z`).getUTCDay() - weekStart + WEEK.length) % WEEK.length;
  const weeks: string[][] = [];
  for (let day = addDays(first, -before); day < `${monthAfter(month, 1)}-01`; day = addDays(day, WEEK.length)) {
    const start = day;
    weeks.push(WEEK.map((at) => addDays(start, at)));
  }
  return weeks;
}

export function monthAfter(month: string, count: number): string {
  const date = new Date(`${month}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + count);
  return date.toISOString().slice(0, 7);
}

/** Returns the same day in another month, or the last one of a shorter month. */
export function dayAfterMonths(day: string, count: number): string {
  const month = monthAfter(day.slice(0, 7), count);
  const last = addDays(`${monthAfter(month, 1)}-01`, -1);
  const same = `${month}${day.slice(7)}`;
  return same < last ? same : last;
}
