/** The numbers of open tasks with the changes that the server has not answered yet: they agree with the rows. */
import type { Schemas } from '@/lib/api/client';
import { hasStatus } from './lists';
import type { Here, Status, Task } from './model';

export type Overview = Schemas['Overview'];

const COUNTED = {
  open: 'pending',
  today: 'today',
  overdue: 'overdue',
  upcoming: 'upcoming',
  due: 'due',
  dated: 'dated',
} as const satisfies Partial<Record<keyof Overview, Status>>;

/** The numbers after a task has changed, or was made, from what it was before. */
export function recounted(overview: Overview, before: Task | undefined, after: Task, here: Here): Overview {
  const change = (counts: (task: Task) => boolean) => Number(counts(after)) - Number(before ? counts(before) : false);
  const counts = { ...overview };
  for (const [name, status] of Object.entries(COUNTED))
    counts[name as keyof typeof COUNTED] += change((task) => hasStatus(task, status, here));
  const names = new Set([...overview.tags.map((tag) => tag.name), ...(before?.tags ?? []), ...after.tags]);
  const tags = [...names].map((name) => ({
    name,
    open:
      (overview.tags.find((tag) => tag.name === name)?.open ?? 0) +
      change((task) => task.status === 'pending' && task.tags.includes(name)),
  }));
  return { ...counts, tags: tags.filter((tag) => tag.open > 0) };
}
