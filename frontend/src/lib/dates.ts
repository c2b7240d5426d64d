/** Local days and times: a day is `YYYY-MM-DD`, a time `HH:MM`, both in an IANA time zone. */

import { chosenLocale, hourCycle } from './region';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Returns a cached formatter: formatters are slow to create and every row needs one. */
export function format(asked: Intl.DateTimeFormatOptions, locale = chosenLocale()): Intl.DateTimeFormat {
  const options = asked.hour || asked.timeStyle ? { ...hourCycle(), ...asked } : asked;
  const key = JSON.stringify([locale, options]);
  let found = formats.get(key);
  if (!found) formats.set(key, (found = new Intl.DateTimeFormat(locale, options)));
  return found;
}

interface Wall {
  day: string;
  time: string;
}

/** Returns the local day and time of an instant in a zone. */
export function wallClock(instant: Date, zone: string): Wall {
  const parts = format(
    {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    },
    'en-US',
  ).formatToParts(instant);
  const found = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return { day: `${found.year}-${found.month}-${found.day}`, time: `${found.hour}:${found.minute}` };
}

/** A skipped time moves forward by the gap; a time that occurs twice is the first one (RFC 5545 section 3.3.5). */
export function instantOf(day: string, time: string, zone: string): Date {
  const asUtc = Date.parse(`${day}T${time}Z`);
  const shift = (at: number) => {
    const wall = wallClock(new Date(at), zone);
    return Date.parse(`${wall.day}T${wall.time}Z`) - at;
  };
  const hours = 24 * 3_600_000;
  const [before, after] = [shift(asUtc - hours), shift(asUtc + hours)];
  const candidate = asUtc - before;
  return new Date(shift(candidate) === before ? candidate : shift(asUtc - after) === after ? asUtc - after : candidate);
}

export function addDays(day: string, count: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

/** Returns the first day of the next week. `weekStart` is 0 for Sunday. */
export function nextWeek(today: string, weekStart: number): string {
  return addDays(today, 7 - ((noonOf(today).getUTCDay() - weekStart + 7) % 7));
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

export function isAllDay(dueDate: string): boolean {
  return !dueDate.includes('T');
}

/** Returns the local day and time of a due date with an offset, without one (local to the zone), or as a plain day. */
export function wallOf(dueDate: string, zone: string): { day: string; time: string | null } {
  if (isAllDay(dueDate)) return { day: dueDate, time: null };
  if (/(Z|[+-]\d\d:\d\d)$/i.test(dueDate)) return wallClock(new Date(dueDate), zone);
  return { day: dueDate.slice(0, 10), time: dueDate.slice(11, 16) };
}

export function localDueDate(day: string, time: string | null): string {
  return time === null ? day : `${day}T${time}:00`;
}

/** Returns yesterday, today, tomorrow, a weekday within the next six days, or the date, with another year's number. */
export function dayLabel(day: string, today: string, locale?: string): string {
  const distance = daysBetween(today, day);
  const relative = new Intl.RelativeTimeFormat(locale ?? chosenLocale(), { numeric: 'auto' });
  if (Math.abs(distance) <= 1) return capitalised(relative.format(distance, 'day'));
  const date = noonOf(day);
  if (distance > 0 && distance < 7) return format({ weekday: 'long', timeZone: 'UTC' }, locale).format(date);
  const year = day.slice(0, 4) === today.slice(0, 4) ? {} : ({ year: 'numeric' } as const);
  return format({ day: 'numeric', month: 'short', timeZone: 'UTC', ...year }, locale).format(date);
}

/** Returns the full date, for headings and screen readers. */
export function longDay(day: string, locale?: string): string {
  const date = noonOf(day);
  return format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }, locale).format(
    date,
  );
}

/** Returns the day without its year, for the header of Today: "Monday 30 November". */
export function headerDay(day: string, locale?: string): string {
  return format({ weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }, locale).format(noonOf(day));
}

export function shortWeekday(day: string, locale?: string): string {
  return format({ weekday: 'short', timeZone: 'UTC' }, locale).format(noonOf(day));
}

/** Returns a day for a message: "Thu 3 Dec". */
export function shortDay(day: string, locale?: string): string {
  return format({ weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }, locale).format(noonOf(day));
}

/** Returns days in a row: "Wed 2 – Fri 4 December". */
export function spanLabel(first: string, last: string, locale?: string): string {
  const formatter = format({ weekday: 'short', day: 'numeric', month: 'long', timeZone: 'UTC' }, locale);
  const parts = formatter.formatRangeToParts(noonOf(first), noonOf(last));
  const start = parts.filter(({ source }) => source === 'startRange');
  // Where the month comes last, the first day does not repeat it.
  const isRepeated = first.slice(0, 7) === last.slice(0, 7) && start.at(-1)?.type === 'month';
  const left = new Set(isRepeated ? start.slice(-2) : []);
  return parts
    .filter((part) => !left.has(part))
    .map(({ value }) => value)
    .join('');
}

function noonOf(day: string): Date {
  return new Date(`${day}T12:00:00Z`);
}

export function timeLabel(instant: Date, zone: string, locale?: string): string {
  return format({ hour: 'numeric', minute: '2-digit', timeZone: zone }, locale).format(instant);
}

export function momentLabel(instant: Date, zone: string, locale?: string): string {
  return format({ dateStyle: 'medium', timeStyle: 'short', timeZone: zone }, locale).format(instant);
}

function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
