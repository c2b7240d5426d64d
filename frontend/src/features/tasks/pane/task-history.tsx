'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from '@/components/button';
import { EntryDetails } from '@/features/activity/entry';
import { fetchTrail } from '@/features/activity/queries';
import { explain } from '@/lib/api/problem';
import { useUser } from '@/lib/user';
import { keys } from '@/lib/query-keys';
import type { Task } from '@/features/tasks/data/model';

/** The changes of a task, newest first: actor, client and changed fields. */
export function TaskHistory({ task }: { task: Task }) {
  const { id } = useUser();
  const { data, error, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: keys.history(task.id),
    queryFn: ({ pageParam, signal }) => fetchTrail(id, { resource_id: task.id }, pageParam, signal),
    enabled: task.id > 0,
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
  const entries = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-labelledby="history">
      <h2 id="history" className="mb-2 text-xs font-medium text-quiet">
        History
      </h2>
      <ol className="flex flex-col gap-3">
        {entries.map((entry) => (
          <li key={entry.event_id}>
            <EntryDetails entry={entry} />
          </li>
        ))}
      </ol>
      {error && !data && <p className="text-xs">{explain(error)}</p>}
      {data && entries.length === 0 && <p className="text-xs text-quiet">Nothing is recorded yet.</p>}
      {hasNextPage && (
        <Button look="bare" size="small" onClick={() => void fetchNextPage()}>
          Earlier
        </Button>
      )}
    </section>
  );
}
