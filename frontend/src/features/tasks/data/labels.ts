/** Labels for the fields of a task and their values. */
import { format, longDay, momentLabel, wallOf } from '@/lib/dates';
import type { Field, Pattern, Recurrence, Reminder } from './model';
import { leadLabel, reminderLabel, timeLabel } from './reminder-labels';

export const FIELD_NAMES: Record<Field | 'reminder_lead_time', string> = {
  title: 'Title',
  description: 'Description',
  priority: 'Priority',
  tags: 'Tags',
  due_date: 'Due',
  time_zone: 'Time zone',
  recurrence_pattern: 'Repeats',
  recurrence: 'Repeats how',
  reminders: 'Reminders',
  position: 'Place in the list',
  reminder_lead_time: 'Reminder',
};

const UNITS: Record<Exclude<Pattern, 'none'>, [one: string, adverb: string]> = {
  hourly: ['hour', 'every hour'],
  daily: ['day', 'every day'],
  weekly: ['week', 'every week'],
  monthly: ['month', 'every month'],
  yearly: ['year', 'every year'],
};
/** Monday is first, as in recurrence rules. */
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
const A_MONDAY = Date.UTC(2024, 0, 1, 12);
const PLACES: Record<number, string> = {
  1: 'first',
  2: 'second',
  3: 'third',
  4: 'fourth',
  5: 'fifth',
  [-1]: 'last',
  [-2]: 'second last',
};
/** The places in a month that can be chosen, the first to the last. */
export const ORDINALS: readonly number[] = [1, 2, 3, 4, 5, -2, -1];
const SPAN = 3;

export function weekdayName(day: string, weekday: 'long' | 'short' = 'long'): string {
  const index = (WEEKDAYS as readonly string[]).indexOf(day);
  return format({ weekday, timeZone: 'UTC' }).format(new Date(A_MONDAY + index * 86_400_000));
}

export function monthName(month: number, style: 'long' | 'short' = 'short'): string {
  return format({ month: style, timeZone: 'UTC' }).format(new Date(Date.UTC(2024, month - 1, 1, 12)));
}

/** Names a place in a month: "second", "last", "12th", "12th last". */
export function placeOf(number: number): string {
  const known = PLACES[number];
  if (known) return known;
  const of = Math.abs(number);
  return `${of}${suffix(of)}${number < 0 ? ' last' : ''}`;
}

function suffix(of: number): string {
  const isTeen = of % 100 > 10 && of % 100 < 14;
  return isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][of % 10] ?? 'th');
}

export function recurrenceLabel(pattern: Pattern, recurrence: Recurrence | null): string {
  if (pattern === 'none') return 'Does not repeat';
  const { interval = 1, times = [], months = [], excluded_dates = [], until, count, mode } = recurrence ?? {};
  const [unit, adverb] = UNITS[pattern];
  const parts = [interval === 1 ? adverb : `every ${interval} ${unit}s`];
  const { skip } = recurrence ?? {};
  const days = recurrence === null ? [] : namedDays(recurrence);
  if (days.length > 0) parts.push(`on ${days.join(', ')}`);
  if (skip === 'omit') parts.push('in months that have the day');
  if (times.length > 0) parts.push(`at ${times.map(timeLabel).join(', ')}`);
  if (months.length > 0) parts.push(`in ${monthsLabel(months)}`);
  if (excluded_dates.length > 0) parts.push(`except ${excluded_dates.map((day) => longDay(day)).join(', ')}`);
  if (mode === 'completion') parts.push('after completion');
  if (until) parts.push(`until ${longDay(until.slice(0, 10))}`);
  if (count) parts.push(count === 1 ? 'once' : `${count} times`);
  return parts.join(' ');
}

/** Names the days of a rule: "Mon", "the second Tue", "the 15th", "the last day", "the first working day". */
function namedDays({ weekdays = [], month_days = [], workday, last_day }: Partial<Recurrence>): string[] {
  const days = last_day ? [-1] : month_days;
  return [
    ...weekdays.map((day) => {
      const [ordinal, name] = [day.slice(0, -2), weekdayName(day.slice(-2), 'short')];
      return ordinal === '' ? name : `the ${placeOf(Number(ordinal))} ${name}`;
    }),
    ...days.map((day) => (day > 0 ? `the ${day}${suffix(day)}` : `the ${placeOf(day)} day`)),
    ...(workday ? [`the ${placeOf(workday)} working day`] : []),
  ];
}

/** Labels months as "Apr–Sep" or "Jan, Apr, Jul, Oct"; a span may pass the end of the year: "Nov–Mar". */
function monthsLabel(months: readonly number[]): string {
  const first = months.find((month) => !months.includes(month === 1 ? 12 : month - 1)) ?? months[0] ?? 1;
  const inOrder = months.map((_, index) => ((first - 1 + index) % 12) + 1);
  const isSpan = months.length >= SPAN && inOrder.every((month) => months.includes(month));
  return isSpan
    ? `${monthName(first)}–${monthName(inOrder.at(-1) ?? first)}`
    : months.map((month) => monthName(month)).join(', ');
}

export function dueLabel(dueDate: string, timeZone: string): string {
  const { day, time } = wallOf(dueDate, timeZone);
  return time === null ? longDay(day) : momentLabel(new Date(`${day}T${time}Z`), 'UTC');
}

/** Labels the value of a field, for the history and for conflicts. */
export function valueLabel(field: string, value: unknown, timeZone: string): string {
  if (value === null || value === undefined || value === '') return 'none';
  if (Array.isArray(value)) {
    if (value.length === 0) return 'none';
    if (field === 'reminders')
      return (value as Reminder[]).map((one) => reminderLabel(one, { timeZone, allDayTime: null })).join(', ');
    return value.map((one) => (field === 'tags' ? `#${String(one)}` : String(one))).join(' ');
  }
  if (typeof value === 'number' && field === 'reminder_lead_time') return leadLabel(value);
  if (typeof value === 'string' && (field === 'due_date' || field.endsWith('_at'))) return dueLabel(value, timeZone);
  if (typeof value === 'object') return detailsLabel(value as Recurrence);
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : `${value as string | number}`;
}

function detailsLabel(recurrence: Recurrence): string {
  const said = Object.entries(recurrence).filter(
    ([, value]) => value !== null && value !== false && !(Array.isArray(value) && value.length === 0),
  );
  return said.map(([name, value]) => `${name.replaceAll('_', ' ')} ${String(value)}`).join(', ') || 'none';
}
