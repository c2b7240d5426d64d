'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { ChevronDown, History } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { EntryDetails } from '@/features/activity/entry';
import { fetchTrail } from '@/features/activity/queries';
import { explain } from '@/lib/api/problem';
import { classes } from '@/lib/classes';
import { useUser } from '@/lib/user';
import { keys } from '@/lib/query-keys';
import type { Task } from '@/features/tasks/data/model';
import { PropertyButton } from './property';

/** The changes of a task, collapsed until one wants to see them. */
export function TaskHistory({ task }: { task: Task }) {
  const [open, setOpen] = useState(false);
  return (
    <section aria-label="History">
      <PropertyButton icon={History} aria-expanded={open} className="text-quiet" onClick={() => setOpen(!open)}>
        History
        <ChevronDown aria-hidden className={classes('ml-auto size-4 transition-transform', open && 'rotate-180')} />
      </PropertyButton>
      {open && <Entries task={task} />}
    </section>
  );
}

/** Newest first: actor, client and changed fields. */
function Entries({ task }: { task: Task }) {
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
    <div className="pt-1 pl-9">
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
    </div>
  );
}
