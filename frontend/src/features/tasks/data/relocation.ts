/** What changes when tasks are put at another place of a list. Loaded on demand. */
import { dueDay, type Fields, type Task } from './model';
import { movedTo } from './moves';
import { placed } from './placement';
import { spanOf } from './positions';
import type { Row } from './rows';
import { type Section, sectionAt } from './sections';

interface Relocation {
  /** The tasks that get another position or another day. */
  tasks: Task[];
  fieldsOf: (task: Task) => Fields;
  /** Whether a task gets another day. */
  isOtherDay: boolean;
}

interface Where {
  section: Section;
  /** The tasks are put before the task at this index. */
  index: number;
  zone: string;
  /** Whether the list shows the order by hand. If not, only the day changes. */
  isOrdered: boolean;
}

/** Returns what changes when `moved` are put at a place, or null if they are there already. */
export function relocated(moved: readonly Task[], { section, index, zone, isOrdered }: Where): Relocation | null {
  const { day, tasks } = section;
  const isOther = (one: Task) => day !== null && day !== dueDay(one, zone);
  const others = tasks.filter((one) => !includes(moved, one));
  const place = tasks.slice(0, index).filter((one) => !includes(moved, one)).length;
  const after = others.toSpliced(place, 0, ...moved);
  const isSame = after.length === tasks.length && after.every((one, at) => one.id === tasks[at]?.id);
  const isOtherDay = moved.some(isOther);
  if (isSame && !isOtherDay) return null;
  const beside = others[place] ?? others[place - 1];
  const span = spanOf(day ?? (beside ? dueDay(beside, zone) : null), zone);
  const positions = isOrdered
    ? placed(moved, others, place, span)
    : new Map(moved.filter(isOther).map((task) => [task, '']));
  const fieldsOf = (one: Task): Fields => ({
    ...(day !== null && includes(moved, one) && isOther(one) ? movedTo(one, day, zone) : {}),
    ...(isOrdered ? { position: positions.get(one) ?? one.position } : {}),
  });
  return { tasks: [...positions.keys()], fieldsOf, isOtherDay };
}

/** Returns the section of the day before or after the section of the row at `index`, or null if there is none. */
export function dayBeside(rows: readonly Row[], index: number, step: 1 | -1): Section | null {
  const heading = step === 1 ? index : rows.findLastIndex((row, at) => at < index && row.kind !== 'task');
  for (let at = heading + step; at >= 0 && at < rows.length; at += step) {
    const row = rows[at];
    if (row?.kind === 'day') return sectionAt(rows, at);
    if (row?.kind === 'days') return { day: row.days.at(step === 1 ? 0 : -1) ?? null, tasks: [] };
  }
  return null;
}

function includes(tasks: readonly Task[], task: Task): boolean {
  return tasks.some((one) => one.id === task.id);
}
