import type { Schemas } from '@/lib/api/client';
import { instantOf, isAllDay, wallClock } from '@/lib/dates';

export type Task = Schemas['TaskOut'];
export type TaskPage = Schemas['TaskPage'];
export type NewTask = Omit<Partial<Schemas['TaskCreate']>, 'reminders'> & { title: string; reminders?: Reminder[] };
export type Recurrence = Schemas['Recurrence-Output'];
export type Priority = Task['priority'];
export type Pattern = Task['recurrence_pattern'];
export type Scope = 'this' | 'series';
/** Minutes before the due date, a time on an earlier day, or an instant. One of these. */
export type Reminder = Schemas['WrittenReminder'];

export const PRIORITIES: readonly Priority[] = ['High', 'Medium', 'Low', 'None'];

/** The fields of a task that a user can change, by their API names. */
export const EDITABLE = [
  'title',
  'description',
  'priority',
  'tags',
  'due_date',
  'time_zone',
  'recurrence_pattern',
  'recurrence',
  'reminders',
  'position',
] as const;
export type Field = (typeof EDITABLE)[number];
/** A position of null is where due date and number put the task. */
export type Fields = Partial<Omit<Pick<Task, Field>, 'position'> & { position: string | null }>;

/** A rule without details. */
export const PLAIN: Recurrence = {
  interval: 1,
  weekdays: [],
  month_days: [],
  months: [],
  workday: null,
  last_day: false,
  times: [],
  skip: 'backward',
  excluded_dates: [],
  until: null,
  count: null,
  mode: 'schedule',
};

/** The current instant and the user's time zone. */
export interface Here {
  now: Date;
  zone: string;
}

/** Caches by task object: zone conversions are slow, lists are long, and a task object is never mutated. */
const dueInstants = new WeakMap<Task, Date | null>();
const dueDays = new WeakMap<Task, { zone: string; day: string | null }>();

/** Returns the instant that a task is sorted by: for an all-day task, the start of its day in the task's own zone. */
export function dueInstant(task: Task): Date | null {
  let found = dueInstants.get(task);
  if (found === undefined) dueInstants.set(task, (found = instantOfDue(task)));
  return found;
}

function instantOfDue({ due_date, time_zone }: Task): Date | null {
  if (due_date === null) return null;
  return isAllDay(due_date) ? instantOf(due_date, '00:00', time_zone) : new Date(due_date);
}

/** Returns the due day in `zone`; an all-day task keeps its day in every zone. */
export function dueDay(task: Task, zone: string): string | null {
  let found = dueDays.get(task);
  if (found?.zone !== zone) dueDays.set(task, (found = { zone, day: dayOfDue(task, zone) }));
  return found.day;
}

function dayOfDue({ due_date }: Task, zone: string): string | null {
  if (due_date === null || isAllDay(due_date)) return due_date;
  return wallClock(new Date(due_date), zone).day;
}

/** A timed task is overdue once its instant has passed, an all-day task once its day is over. Same rule as the API. */
export function isOverdue(task: Task, here: Here): boolean {
  return task.status === 'pending' && isPast(task, here);
}

/** Whether the due date has passed, also of a task that is completed. */
export function isPast(task: Task, { now, zone }: Here): boolean {
  if (task.due_date === null) return false;
  return isAllDay(task.due_date) ? task.due_date < wallClock(now, zone).day : new Date(task.due_date) < now;
}

export function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
