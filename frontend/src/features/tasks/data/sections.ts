/** Sections of a list: the tasks under a heading, or all of them if the list has none. */
import type { Task } from './model';
import type { Row } from './rows';

export interface Section {
  /** The day of the heading, if it is one. */
  day: string | null;
  tasks: readonly Task[];
}

/** Returns the section of the row at `index`; of a heading, the one below it. */
export function sectionAt(rows: readonly Row[], index: number): Section {
  const isTask = (row: Row | undefined) => row?.kind === 'task';
  let first = isTask(rows[index]) ? index : index + 1;
  while (isTask(rows[first - 1])) first--;
  const heading = rows[first - 1];
  const tasks: Task[] = [];
  for (let at = first; at < rows.length; at++) {
    const row = rows[at];
    if (row?.kind !== 'task') break;
    tasks.push(row.task);
  }
  return { day: heading?.kind === 'day' ? heading.day : null, tasks };
}
