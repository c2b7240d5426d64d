/** Where a new task is found, when the list in view does not show it. */
import { focusList } from './focus';
import { belongs, hasStatus, type ListQuery } from './lists';
import type { Here, Status, Task } from './model';
import { External } from '@/lib/external';
import { go } from '@/lib/location';

/** What the list in view holds; null where the page shows no list. */
export const shownList = new External<ListQuery | null>(null);

export interface Landing {
  title: string;
  /** Opens the view at the task. */
  show: (id: number) => void;
}

/** The first view that has the task; they are those of `shell/views`. */
const PLACES: readonly [status: Status, view: string, title: string][] = [
  ['due', 'today', 'Today'],
  ['dated', 'upcoming', 'Upcoming'],
  ['pending', 'all', 'All'],
];

export function landingOf(task: Task, here: Here): Landing | null {
  const list = shownList.get();
  if (list && list.q === '' && belongs(task, list, here)) return null;
  const [, view, title] = PLACES.find(([status]) => hasStatus(task, status, here)) ?? [];
  if (view === undefined || title === undefined) return null;
  return { title, show: (id) => showTask(view, id) };
}

/** A task that the server does not know yet has no details, but it has a row. */
function showTask(view: string, id: number): void {
  go(id > 0 ? `/${view}?task=${id}` : `/${view}`);
  if (id < 0) focusList(id);
}
