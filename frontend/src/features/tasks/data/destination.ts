/** Finds the view that shows a new task if the current list does not. */
import { belongs, hasStatus, type ListQuery } from './lists';
import type { Status } from '@/lib/views';
import type { Here, Task } from './model';
import { External } from '@/lib/external';
import { go } from '@/lib/location';

/** Query of the current list; null if the page shows none. */
export const shownList = new External<ListQuery | null>(null);

export interface Landing {
  title: string;
  /** Opens the view and the details of the task. */
  show: (id: number) => void;
}

/** Views of `lib/views` in order of preference: the first that contains the task is used. */
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
  return { title, show: (id) => go(`/${view}?task=${id}`) };
}
