/** Moves tasks to another day. The time of day in the task's own zone does not change. */
import { addDays, instantOf, localDueDate, wallClock, wallOf } from '@/lib/dates';
import type { Fields, Task } from './model';

/** Returns the fields that move a task to `day` in the user's `zone`. */
export function movedTo(task: Task, day: string, zone: string): Fields {
  const time = task.due_date === null ? null : wallOf(task.due_date, task.time_zone).time;
  return { due_date: localDueDate(wallDay(day, time, task.time_zone, zone), time) };
}

/** Returns the fields that move a task to `days` days after the user's today. */
export function movedBy(task: Task, days: number, zone: string): Fields {
  return movedTo(task, addDays(wallClock(new Date(), zone).day, days), zone);
}

/** Returns the day in `timeZone` on which `time` there falls on `day` in `zone`. */
export function wallDay(day: string, time: string | null, timeZone: string, zone: string): string {
  if (time === null || timeZone === zone) return day;
  const near = [day, addDays(day, -1), addDays(day, 1)];
  return near.find((one) => wallClock(instantOf(one, time, timeZone), zone).day === day) ?? day;
}
