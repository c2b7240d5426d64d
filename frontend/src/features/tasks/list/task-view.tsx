'use client';

import { later } from '@/components/later';
import { useEffect, useMemo } from 'react';
import { giveKeys } from '@/components/held-keys';
import type { View } from '@/lib/views';
import { explain } from '@/lib/api/problem';
import { useParameters } from '@/lib/location';
import { Button } from '@/components/button';
import { type ListQuery } from '@/features/tasks/data/lists';
import { ListToolbar } from './list-toolbar';
import type { Sort } from '@/lib/views';
import { PRIORITIES, type Priority } from '@/features/tasks/data/model';
import { useTasks } from '@/features/tasks/data/provider';
import { useTaskList } from '@/features/tasks/data/queries';
import { rowsByDay, rowsOf, rowsOfToday } from '@/features/tasks/data/rows';
import { TaskList } from './task-list';
import { useSelection } from '@/features/tasks/data/selection';
import { useHere } from '@/features/tasks/data/moment';
import { shownList } from '@/features/tasks/data/destination';

const BulkBar = later(() => import('./bulk-bar').then((found) => found.BulkBar));
const SORTS: readonly Sort[] = ['due_date', 'priority', 'created_at', 'updated_at', 'title'];

/** A list with its toolbar. The query is in the address, so that it can be bookmarked and shared. */
export function TaskView({ view, title, tag }: { view: View; title: string; tag: string | null }) {
  const query = useListQuery(view, tag);
  const { now, zone } = useHere();
  const {
    data,
    error,
    refetch,
    isPending,
    isLoading,
    isPlaceholderData,
    hasNextPage,
    isFetchingNextPage,
    fetchNextPage,
  } = useTaskList(query);
  const tasks = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const selection = useSelection(tasks, useTasks().store.keyOf);
  useEffect(() => {
    if (!isLoading) giveKeys(); // also offline, when no data will arrive
  }, [isLoading]);
  useEffect(() => {
    shownList.set(query);
    return () => shownList.set(null);
  }, [query]);
  const rows = useMemo(() => {
    if (query.q !== '') return rowsOf(tasks);
    if (query.status === 'due') return rowsOfToday(tasks, { now, zone });
    const byDay = query.status === 'dated' && query.sort === 'due_date';
    return byDay ? rowsByDay(tasks, { now, zone }, !hasNextPage) : rowsOf(tasks);
  }, [query, tasks, now, zone, hasNextPage]);
  return (
    <section aria-labelledby="view-title" className="relative mx-auto flex min-h-0 w-full max-w-4xl flex-1 flex-col">
      <ListToolbar view={view} title={title} total={data?.pages[0]?.total} query={query} />
      {selection.keys.size > 0 && <BulkBar selection={selection} view={view} />}
      {isPending ? (
        <Skeleton />
      ) : error && !data ? (
        <Failure error={error} onAgain={() => void refetch()} />
      ) : rows.length === 0 ? (
        <Empty view={view} query={query} searching={isPlaceholderData} />
      ) : (
        <TaskList
          rows={rows}
          search={query.q}
          selection={selection}
          busy={isPlaceholderData}
          onEnd={() => {
            if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
          }}
        />
      )}
    </section>
  );
}

function useListQuery(view: View, tag: string | null): ListQuery {
  const parameters = useParameters();
  return useMemo(() => {
    const list = view.list ?? { status: 'pending' as const, sort: 'created_at' as const };
    const sort = parameters.get('sort') as Sort;
    const priority = parameters
      .getAll('priority')
      .filter((one): one is Priority => PRIORITIES.includes(one as Priority));
    return {
      status: list.status === 'pending' && parameters.has('completed') ? 'all' : list.status,
      sort: SORTS.includes(sort) ? sort : list.sort,
      priority,
      tags: tag === null ? parameters.getAll('tags') : [tag],
      q: (parameters.get('q') ?? '').trim().slice(0, 200),
    };
  }, [view, tag, parameters]);
}

function Skeleton() {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-2 p-3">
      {Array.from({ length: 8 }, (_, index) => (
        <div key={index} className="h-9 animate-pulse rounded-md bg-sunken" />
      ))}
    </div>
  );
}

function Failure({ error, onAgain }: { error: Error; onAgain: () => void }) {
  return (
    <div role="alert" className="flex flex-col items-center gap-3 p-12 text-center">
      <p>{explain(error)}</p>
      <Button onClick={onAgain}>Try again</Button>
    </div>
  );
}

function Empty({ view, query, searching }: { view: View; query: ListQuery; searching: boolean }) {
  const narrowed = query.q !== '' || query.priority.length > 0 || (view.name !== 'tag' && query.tags.length > 0);
  return (
    <p role="status" className="p-12 text-center text-sm text-quiet">
      {searching ? 'Searching …' : narrowed ? 'No results' : (view.empty ?? 'No tasks')}
    </p>
  );
}
