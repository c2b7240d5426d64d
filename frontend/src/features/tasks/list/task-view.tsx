'use client';

import { onlineManager } from '@tanstack/react-query';
import { later } from '@/components/later';
import { useEffect, useMemo, useState } from 'react';
import { giveKeys } from '@/components/held-keys';
import type { View } from '@/lib/views';
import { explain } from '@/lib/api/problem';
import { Button } from '@/components/button';
import { Empty } from './empty';
import { useListQuery } from './list-query';
import { useTasks } from '@/features/tasks/data/provider';
import { useTaskList } from '@/features/tasks/data/queries';
import { rowsByDay, rowsOf, rowsOfToday } from '@/features/tasks/data/rows';
import { TaskList } from './task-list';
import { useSelection } from '@/features/tasks/data/selection';
import { useHere } from '@/features/tasks/data/moment';
import { shownList } from '@/features/tasks/data/destination';
import { shownTasks } from '@/features/tasks/data/shown';

const BulkBar = later(() => import('./bulk-bar').then((found) => found.BulkBar));

/** The list of a view. Its header is `list-header`. */
export function TaskView({ view, tag }: { view: View; tag: string | null }) {
  const query = useListQuery(view, tag);
  const { now, zone } = useHere();
  const [apart, setApart] = useState<ReadonlySet<string>>(new Set());
  const {
    data,
    error,
    refetch,
    isPending,
    isLoading,
    isPaused,
    isPlaceholderData,
    hasNextPage,
    isFetchingNextPage,
    fetchNextPage,
  } = useTaskList(query);
  const tasks = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const selection = useSelection(
    tasks,
    // The server cannot change what a search or a calendar shows: only what is loaded can be selected.
    query.q === '' && !query.due ? (data?.pages[0]?.total ?? 0) : tasks.length,
    useTasks().store.keyOf,
  );
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
    const byDay = query.status === 'dated' && ['position', 'due_date'].includes(query.sort);
    return byDay ? rowsByDay(tasks, { now, zone }, !hasNextPage, apart) : rowsOf(tasks);
  }, [query, tasks, now, zone, hasNextPage, apart]);
  useEffect(() => {
    shownTasks.set(rows.flatMap((row) => (row.kind === 'task' ? [row.task] : [])));
  }, [rows]);
  useEffect(() => () => shownTasks.set([]), []);
  return (
    <>
      {selection.count > 0 && <BulkBar selection={selection} query={query} />}
      {isPending && isPaused ? (
        <p role="status" className="p-12 text-center text-sm text-quiet">
          This list cannot be shown offline. It appears when the connection returns.
        </p>
      ) : isPending ? (
        <Skeleton />
      ) : error && !data ? (
        <Failure error={error} onAgain={() => void refetch()} />
      ) : tasks.length === 0 ? (
        <Empty view={view} query={query} searching={isPlaceholderData} />
      ) : (
        <TaskList
          rows={rows}
          query={query}
          selection={selection}
          busy={isPlaceholderData}
          isOrdered={query.sort === 'position' && query.q === '' && query.status !== 'deleted'}
          onShowDays={(days) => setApart(new Set([...apart, ...days]))}
          onEnd={() => {
            if (hasNextPage && !isFetchingNextPage && onlineManager.isOnline()) void fetchNextPage();
          }}
        />
      )}
    </>
  );
}

function Skeleton() {
  return (
    <div role="status" aria-label="Loading" className="mx-auto flex w-full max-w-column flex-col gap-2 px-beside">
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
