/** The days of a calendar in weeks, which begin on the user's first day of the week. A month is `YYYY-MM`. */
import { addDays, format } from '@/lib/dates';

const WEEK = [0, 1, 2, 3, 4, 5, 6];
/** As many weeks as most months touch. */
const WEEKS_AROUND = 5;

/** Returns whole weeks, so that days of the months before and after are among them. `weekStart`: 0 is Sunday. */
export function weeksOf(month: string, weekStart: number): string[][] {
  return weeksBetween(weekOf(`${month}-01`, weekStart), addDays(`${monthAfter(month, 1)}-01`, -1));
}

/** Returns the week of today with the weeks after it, or with those before it. */
export function weeksAround(today: string, weekStart: number, isBackwards: boolean): string[][] {
  const week = weekOf(today, weekStart);
  const others = (WEEKS_AROUND - 1) * WEEK.length;
  return isBackwards ? weeksBetween(addDays(week, -others), week) : weeksBetween(week, addDays(week, others));
}

/** Returns the first day of the week of a day. */
function weekOf(day: string, weekStart: number): string {
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() - weekStart + WEEK.length) % WEEK.length));
}

/** Returns the weeks from the one that begins on a day to the one of the last day. */
function weeksBetween(first: string, last: string): string[][] {
  const weeks: string[][] = [];
  for (let start = first; start <= last; start = addDays(start, WEEK.length))
    weeks.push(WEEK.map((at) => addDays(start, at)));
  return weeks;
}

export function monthAfter(month: string, count: number): string {
  const date = new Date(`${month}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + count);
  return date.toISOString().slice(0, 7);
}

/** Returns the same day in another month, or the last one of a shorter month. */
export function dayAfterMonths(day: string, count: number): string {
  return dayIn(monthAfter(day.slice(0, 7), count), day);
}

/** Returns the day of a month with the number of another day, or the last one of a shorter month. */
export function dayIn(month: string, day: string): string {
  const last = addDays(`${monthAfter(month, 1)}-01`, -1);
  const same = `${month}${day.slice(7)}`;
  return same < last ? same : last;
}

/** Returns the months from one day to another: "November 2026", "November – December 2026". */
export function monthSpan(first: string, last: string, locale?: string): string {
  const noon = (day: string) => new Date(`${day}T12:00:00Z`);
  return format({ month: 'long', year: 'numeric', timeZone: 'UTC' }, locale).formatRange(noon(first), noon(last));
}
