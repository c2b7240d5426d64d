'use client';

import { useMemo } from 'react';
import type { ListQuery } from '@/features/tasks/data/lists';
import { PRIORITIES, type Priority } from '@/features/tasks/data/model';
import { useParameters } from '@/lib/location';
import type { Sort, Status, View } from '@/lib/views';

const SORTS: readonly Sort[] = ['position', 'due_date', 'priority', 'created_at', 'updated_at', 'title'];

/** What a search in all tasks can be narrowed to. */
export const STATUS_LABELS: Partial<Record<Status, string>> = {
  all: 'Open and completed',
  pending: 'Open',
  completed: 'Completed',
  today: 'Due today',
  overdue: 'Overdue',
  upcoming: 'Upcoming',
  deleted: 'In the trash',
};

/** Returns the query of a list. It is in the address, so that it can be bookmarked and shared. */
export function useListQuery(view: View, tag: string | null): ListQuery {
  const parameters = useParameters();
  return useMemo(() => {
    const list = view.list ?? { status: 'pending' as const, sort: 'created_at' as const };
    const sort = parameters.get('sort') as Sort;
    const priority = parameters
      .getAll('priority')
      .filter((one): one is Priority => PRIORITIES.includes(one as Priority));
    const status = parameters.get('status') as Status;
    return {
      status:
        view.name === 'search' && status in STATUS_LABELS
          ? status
          : list.status === 'pending' && parameters.has('completed')
            ? 'all'
            : list.status,
      sort: SORTS.includes(sort) ? sort : list.sort,
      priority,
      tags: tag === null ? parameters.getAll('tags') : [tag],
      q: (parameters.get('q') ?? '').trim().slice(0, 200),
    };
  }, [view, tag, parameters]);
}
