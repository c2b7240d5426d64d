/** Counts of open tasks that include pending changes, so that they agree with the rows. */
import type { Schemas } from '@/lib/api/client';
import { hasStatus } from './lists';
import type { Status } from '@/lib/views';
import type { Here, Task } from './model';
import { hasTag, newTags } from './tags';

export type Overview = Schemas['Overview'];

const COUNTED = {
  open: 'pending',
  today: 'today',
  overdue: 'overdue',
  upcoming: 'upcoming',
  due: 'due',
  dated: 'dated',
} as const satisfies Partial<Record<keyof Overview, Status>>;

/** Returns the counts after a task changed from `before` to `after`; `before` is undefined for a new task. */
export function recounted(overview: Overview, before: Task | undefined, after: Task, here: Here): Overview {
  const change = (counts: (task: Task) => boolean) => Number(counts(after)) - Number(before ? counts(before) : false);
  const counts = { ...overview };
  for (const [name, status] of Object.entries(COUNTED))
    counts[name as keyof typeof COUNTED] += change((task) => hasStatus(task, status, here));
  const known = overview.tags.map((tag) => tag.name);
  const names = [...known, ...newTags(known, [...(before?.tags ?? []), ...newTags(before?.tags ?? [], after.tags)])];
  const tags = names.map((name, at) => ({
    name,
    open: (overview.tags[at]?.open ?? 0) + change((task) => task.status === 'pending' && hasTag(task.tags, name)),
  }));
  return { ...counts, tags: tags.filter((tag) => tag.open > 0) };
}
