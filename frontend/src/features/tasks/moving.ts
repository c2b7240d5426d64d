/** A task on another day: its time of day stays as it is, in the task's own zone. */
import { addDays, instantOf, localDueDate, wallClock, wallOf } from '@/lib/dates';
import type { Fields, Task } from './model';

/** The task falls on that day of the person's. */
export function movedTo(task: Task, day: string, zone: string): Fields {
  const time = task.due_date === null ? null : wallOf(task.due_date, task.time_zone).time;
  return { due_date: localDueDate(wallDay(day, time, task.time_zone, zone), time) };
}

/** So many days from the person's today. */
export function movedBy(task: Task, days: number, zone: string): Fields {
  return movedTo(task, addDays(wallClock(new Date(), zone).day, days), zone);
}

/** The day on a wall in one zone at whose time it is the given day in another. */
export function wallDay(day: string, time: string | null, timeZone: string, zone: string): string {
  if (time === null || timeZone === zone) return day;
  const near = [day, addDays(day, -1), addDays(day, 1)];
  return near.find((one) => wallClock(instantOf(one, time, timeZone), zone).day === day) ?? day;
}
