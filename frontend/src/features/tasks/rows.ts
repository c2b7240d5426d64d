/** The rows of a list: tasks, and with days between them headings on which a task can be dropped. */
import { addDays } from '@/lib/dates';
import { dueDay, type Task } from './model';

export type Row = { kind: 'task'; task: Task } | { kind: 'day'; day: string; today: string };

/** The kind of data that a dragged task is. */
export const DRAGGED = 'application/x-task';

const EMPTY_DAYS = 7;

export function rowsOf(tasks: readonly Task[]): Row[] {
  return tasks.map((task) => ({ kind: 'task', task }));
}

/** By day. The next week has all its days, also those without a task, as far as the list is loaded. */
export function rowsByDay(tasks: readonly Task[], today: string, zone: string, complete: boolean): Row[] {
  const days = new Map<string, Task[]>();
  for (const task of tasks) {
    const day = dueDay(task, zone) ?? today;
    const known = days.get(day);
    if (known) known.push(task);
    else days.set(day, [task]);
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
