'use client';

/** The tasks of the list on the page, in the order of its rows. */
import { External, useExternal } from '@/lib/external';
import type { Task } from './model';
import { useTasks } from './provider';

export const shownTasks = new External<readonly Task[]>([]);

/** Returns the numbers of the tasks before and after the one with this key. */
export function useNeighbours(key: number): { previous: number | undefined; next: number | undefined } {
  const { keyOf } = useTasks().store;
  const tasks = useExternal(shownTasks);
  const at = tasks.findIndex(({ id }) => keyOf(id) === key);
  return { previous: at > 0 ? tasks[at - 1]?.id : undefined, next: at < 0 ? undefined : tasks[at + 1]?.id };
}
