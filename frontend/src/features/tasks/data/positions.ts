/** The place of a task in lists that are ordered by hand: the API's rule, `tasks/positions.py`. */
import { addDays, instantOf } from '@/lib/dates';
import { dueInstant, type Task } from './model';

/** Seconds from the first day of year 1, from which positions count, to 1970. */
const BEFORE_1970 = 62_135_596_800;
/** In the place of seconds: tasks without a due date come last. */
const UNDATED = 'l999999999999';
/** Between the numbers of the server and the next due date: temporary numbers, oldest first. */
const TEMPORARY = '9999999999';

/** Where due date and number put a task that was not moved by hand. */
export function naturalPosition(task: Task): string {
  const due = dueInstant(task);
  const number = task.id < 0 ? TEMPORARY + String(-task.id).padStart(16, '0') : String(task.id).padStart(10, '0');
  return `${due === null ? UNDATED : secondsOf(due)}${number}1`;
}

export interface Span {
  from: string;
  to: string;
}

/** Returns the positions of the tasks that are due on a day, or of those without a due date. */
export function spanOf(day: string | null, zone: string): Span {
  if (day === null) return { from: UNDATED, to: 'lA00000000000' };
  const start = (of: string) => secondsOf(instantOf(of, '00:00', zone));
  return { from: start(day), to: start(addDays(day, 1)) };
}

function secondsOf(instant: Date): string {
  return `l${String(Math.floor(instant.getTime() / 1000) + BEFORE_1970).padStart(12, '0')}`;
}
