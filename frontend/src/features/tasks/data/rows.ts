/** The rows of a list: tasks, and headings between them. A task can be dropped on a day's heading or the rows below. */
import { addDays, wallClock } from '@/lib/dates';
import { dueDay, type Here, isPast, type Task } from './model';

export type Row =
  /** `isDaySaid`: a heading or the view says on which day the task is due. */
  | { kind: 'task'; task: Task; isDaySaid: boolean }
  | { kind: 'section'; title: string }
  /** `isDated`: the heading has the date beside its label. */
  | { kind: 'day'; day: string; today: string; isDated: boolean }
  /** Empty days in a row. */
  | { kind: 'days'; days: readonly string[] };

const EMPTY_DAYS = 7;

export function rowsOf(tasks: readonly Task[], isDaySaid = false): Row[] {
  return tasks.map((task) => ({ kind: 'task', task, isDaySaid }));
}

/** Returns the overdue tasks, then the others of today. */
export function rowsOfToday(tasks: readonly Task[], here: Here): Row[] {
  const [overdue, ahead] = split(tasks, here);
  if (overdue.length === 0) return rowsOf(ahead, true);
  const today = wallClock(here.now, here.zone).day;
  return [...overdueRows(overdue), { kind: 'day', day: today, today, isDated: false }, ...rowsOf(ahead, true)];
}

/**
 * Returns the overdue tasks, then the others by day. Days of the next week appear even if empty, as far as loaded;
 * empty days in a row share a heading, except for today and those in `apart`.
 */
export function rowsByDay(
  tasks: readonly Task[],
  here: Here,
  complete: boolean,
  apart: ReadonlySet<string> = new Set(),
): Row[] {
  const today = wallClock(here.now, here.zone).day;
  const [overdue, ahead] = split(tasks, here);
  const days = new Map<string, Task[]>();
  for (const task of ahead) {
    const day = dueDay(task, here.zone) ?? today;
    const known = days.get(day);
    if (known) known.push(task);
    else days.set(day, [task]);
  }
  const last = [...days.keys()].sort().at(-1);
  for (let offset = 0; offset < EMPTY_DAYS; offset++) {
    const day = addDays(today, offset);
    if (!days.has(day) && (complete || (last !== undefined && day < last))) days.set(day, []);
  }
  const rows = overdueRows(overdue);
  let empty: string[] = [];
  const endEmpty = () => {
    const [first] = empty;
    if (first !== undefined)
      rows.push(empty.length > 1 ? { kind: 'days', days: empty } : { kind: 'day', day: first, today, isDated: true });
    empty = [];
  };
  for (const [day, items] of [...days].sort(([one], [other]) => (one < other ? -1 : 1))) {
    if (items.length === 0 && day !== today && !apart.has(day)) {
      empty.push(day);
      continue;
    }
    endEmpty();
    rows.push({ kind: 'day', day, today, isDated: true }, ...rowsOf(items, true));
  }
  endEmpty();
  return rows;
}

function overdueRows(tasks: readonly Task[]): Row[] {
  return tasks.length > 0 ? [{ kind: 'section', title: 'Overdue' }, ...rowsOf(tasks)] : [];
}

/** A row that was just completed keeps its place. */
function split(tasks: readonly Task[], here: Here): [overdue: Task[], ahead: Task[]] {
  const overdue = tasks.filter((task) => isPast(task, here));
  return [overdue, tasks.filter((task) => !isPast(task, here))];
}
