/** The rows of a list: tasks, and with days between them headings on which a task can be dropped. */
import { addDays, wallClock } from '@/lib/dates';
import { dueDay, type Here, type Task } from './model';

export type Row = { kind: 'task'; task: Task } | { kind: 'day'; day: string; today: string };

const EMPTY_DAYS = 7;

export function rowsOf(tasks: readonly Task[]): Row[] {
  return tasks.map((task) => ({ kind: 'task', task }));
}

/** By day. The next week has all its days, also those without a task, as far as the list is loaded. */
export function rowsByDay(tasks: readonly Task[], { now, zone }: Here, complete: boolean): Row[] {
  const today = wallClock(now, zone).day;
  const days = new Map<string, Task[]>();
  for (const task of tasks) {
    const day = dueDay(task, zone) ?? today;
    days.set(day, [...(days.get(day) ?? []), task]);
  }
  const last = [...days.keys()].sort().at(-1);
  for (let ahead = 0; ahead < EMPTY_DAYS; ahead++) {
    const day = addDays(today, ahead);
    if (!days.has(day) && (complete || (last !== undefined && day < last))) days.set(day, []);
  }
  return [...days]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([day, items]): Row[] => [{ kind: 'day', day, today }, ...rowsOf(items)]);
}
