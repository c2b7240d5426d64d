/** Labels for the fields of a task and their values. */
import { format, longDay, momentLabel, wallOf } from '@/lib/dates';
import { type Field, type Pattern, PLAIN, type Priority, type Recurrence, type Reminder } from './model';
import { timeLabel } from '@/lib/clock';
import { leadLabel, reminderLabel } from './reminder-labels';

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

export function priorityWords(priority: Priority): string {
  return priority === 'None' ? 'No priority' : `${priority} priority`;
}

const UNITS: Record<Exclude<Pattern, 'none'>, [one: string, adverb: string]> = {
  hourly: ['hour', 'every hour'],
  daily: ['day', 'every day'],
  weekly: ['week', 'every week'],
  monthly: ['month', 'every month'],
  yearly: ['year', 'every year'],
};
/** Monday is first, as in recurrence rules. */
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
const WORKDAYS = WEEKDAYS.slice(0, 5);
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
  // A rule that was parsed, or recorded long ago, may lack details.
  const rule = { ...PLAIN, ...recurrence };
  const { interval, weekdays } = rule;
  const [unit, adverb] = UNITS[pattern];
  const isOnWeekdays = pattern === 'weekly' && interval === 1 && weekdays.length > 0;
  const parts = isOnWeekdays
    ? [`every ${weekdayList(weekdays)}`]
    : [interval === 1 ? adverb : `every ${interval} ${unit}s`];
  const days = isOnWeekdays ? [] : namedDays(rule);
  if (days.length > 0) parts.push(`on ${days.join(', ')}`);
  return [...parts, ...detailLabels(rule)].join(' ');
}

/** Names the days of a week: "Monday, Wednesday and Friday", "weekday". */
function weekdayList(days: readonly string[]): string {
  if (days.length === WORKDAYS.length && WORKDAYS.every((day) => days.includes(day))) return 'weekday';
  return new Intl.ListFormat('en-GB').format(days.map((day) => weekdayName(day)));
}

function detailLabels({ skip, times, months, excluded_dates, ...rest }: Recurrence): string[] {
  const { mode, until, count } = rest;
  return [
    ...(skip === 'omit' ? ['in months that have the day'] : []),
    ...(times.length > 0 ? [`at ${times.map(timeLabel).join(', ')}`] : []),
    ...(months.length > 0 ? [`in ${monthsLabel(months)}`] : []),
    ...(excluded_dates.length > 0 ? [`except ${excluded_dates.map((day) => longDay(day)).join(', ')}`] : []),
    ...(mode === 'completion' ? ['after completion'] : []),
    ...(until ? [`until ${longDay(until.slice(0, 10))}`] : []),
    ...(count ? [count === 1 ? 'once' : `${count} times`] : []),
  ];
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

/** Labels the value of a field, for the history and for conflicts. A recurrence is labelled with its `pattern`. */
export function valueLabel(field: string, value: unknown, timeZone: string, pattern: Pattern = 'none'): string {
  if (field === 'recurrence_pattern') return recurrenceLabel(value as Pattern, null);
  if (field === 'recurrence') return recurrenceLabel(pattern, value as Recurrence | null);
  if (value === null || value === undefined || value === '') return 'none';
  if (Array.isArray(value)) {
    if (value.length === 0) return 'none';
    if (field === 'reminders')
      return (value as Reminder[]).map((one) => reminderLabel(one, { timeZone, allDayTime: null })).join(', ');
    return value.map((one) => (field === 'tags' ? `#${String(one)}` : String(one))).join(' ');
  }
  if (typeof value === 'number' && field === 'reminder_lead_time') return leadLabel(value);
  if (typeof value === 'string' && (field === 'due_date' || field.endsWith('_at'))) return dueLabel(value, timeZone);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' ? Object.values(value).map(String).join(', ') : `${value as string | number}`;
}

export interface ChangedField {
  field: string;
  name: string;
  before: string;
  after: string;
}

/** The value before and the one after, by field. */
type Changes = Readonly<Record<string, readonly unknown[]>>;

/** Labels the changed fields of a task. `after` is the task after the change, with the details of its rule. */
export function changedFields(
  changes: Changes,
  after: Readonly<Record<string, unknown>>,
  zone: string,
): ChangedField[] {
  const timeZone = typeof after.time_zone === 'string' ? after.time_zone : zone;
  const { recurrence_pattern, recurrence, ...others } = changes;
  const lines = Object.entries(others)
    .filter(([field]) => !(field === 'reminder_lead_time' && 'reminders' in others)) // it is one of them
    .map(([field, values]) =>
      lineOf(
        field,
        values.map((value) => valueLabel(field, value, timeZone)),
      ),
    );
  if (!recurrence_pattern && !recurrence) return lines;
  const patterns = recurrence_pattern ?? [after.recurrence_pattern, after.recurrence_pattern];
  const rules = recurrence ?? [after.recurrence, after.recurrence];
  const labels = patterns.map((one, at) => recurrenceLabel(one as Pattern, (rules[at] ?? null) as Recurrence | null));
  return [...lines, lineOf('recurrence_pattern', labels)];
}

function lineOf(field: string, [before = '', after = '']: readonly string[]): ChangedField {
  const known = (FIELD_NAMES as Partial<Record<string, string>>)[field];
  return { field, name: known ?? field.replaceAll('_', ' '), before, after };
}
