/** Labels for the fields of a task and their values. */
import { format, longDay, momentLabel, wallOf } from '@/lib/dates';
import type { Field, Pattern, Recurrence } from './model';

export const FIELD_NAMES: Record<Field, string> = {
  title: 'Title',
  description: 'Description',
  priority: 'Priority',
  tags: 'Tags',
  due_date: 'Due',
  time_zone: 'Time zone',
  recurrence_pattern: 'Repeats',
  recurrence: 'Repeats how',
  reminder_lead_time: 'Reminder',
};

const UNITS: Record<Exclude<Pattern, 'none'>, [one: string, adverb: string]> = {
  daily: ['day', 'every day'],
  weekly: ['week', 'every week'],
  monthly: ['month', 'every month'],
  yearly: ['year', 'every year'],
};
/** Monday is first, as in recurrence rules. */
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
type Weekday = (typeof WEEKDAYS)[number];
const A_MONDAY = Date.UTC(2024, 0, 1, 12);

export function weekdayName(day: Weekday, weekday: 'long' | 'short' = 'long'): string {
  return format({ weekday, timeZone: 'UTC' }).format(new Date(A_MONDAY + WEEKDAYS.indexOf(day) * 86_400_000));
}

export function leadLabel(minutes: number): string {
  if (minutes === 0) return 'When it is due';
  const [count, unit] =
    minutes % 1440 === 0 ? [minutes / 1440, 'day'] : minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute'];
  return `${count} ${unit}${count === 1 ? '' : 's'} before`;
}

/** Labels the reminder of an all-day task: its lead time counts back from the time of day `at` (`HH:MM`). */
export function allDayReminderLabel(minutes: number, at: string): string {
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  const wall = hour * 60 + minute - minutes;
  const days = -Math.floor(wall / 1440);
  const time = format({ hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(new Date(wall * 60_000));
  return `${days === 0 ? 'On the day' : `${days} day${days === 1 ? '' : 's'} before`} at ${time}`;
}

export function recurrenceLabel(pattern: Pattern, recurrence: Recurrence | null): string {
  if (pattern === 'none') return 'Does not repeat';
  const { interval = 1, weekdays = [], last_day = false, until, count, mode } = recurrence ?? {};
  const [unit, adverb] = UNITS[pattern];
  const parts = [interval === 1 ? adverb : `every ${interval} ${unit}s`];
  if (weekdays.length > 0) parts.push(`on ${weekdays.map((day) => weekdayName(day, 'short')).join(', ')}`);
  if (last_day) parts.push('on the last day');
  if (mode === 'completion') parts.push('after completion');
  if (until) parts.push(`until ${longDay(until.slice(0, 10))}`);
  if (count) parts.push(count === 1 ? 'once' : `${count} times`);
  return parts.join(' ');
}

export function dueLabel(dueDate: string, timeZone: string): string {
  const { day, time } = wallOf(dueDate, timeZone);
  return time === null ? longDay(day) : momentLabel(new Date(`${day}T${time}Z`), 'UTC');
}

/** Labels the value of a field, for the history and for conflicts. */
export function valueLabel(field: string, value: unknown, timeZone: string): string {
  if (value === null || value === undefined || value === '') return 'none';
  if (Array.isArray(value))
    return value.length === 0
      ? 'none'
      : value.map((one) => (field === 'tags' ? `#${String(one)}` : String(one))).join(' ');
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
