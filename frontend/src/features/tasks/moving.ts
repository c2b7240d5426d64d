/** A task on another day: its time of day stays as it is, in the task's own zone. */
import { addDays, localDueDate, wallClock, wallOf } from '@/lib/dates';
import type { Fields, Task } from './model';

export function movedTo(task: Task, day: string): Fields {
  const time = task.due_date === null ? null : wallOf(task.due_date, task.time_zone).time;
  return { due_date: localDueDate(day, time) };
}

/** So many days from the person's today. */
export function movedBy(task: Task, days: number, zone: string): Fields {
  return movedTo(task, addDays(wallClock(new Date(), zone).day, days));
}
