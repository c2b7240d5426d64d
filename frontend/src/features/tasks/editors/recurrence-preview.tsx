'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, unwrap } from '@/lib/api/client';
import type { components } from '@/lib/api/generated/recurring-tasks-service';
import { explain } from '@/lib/api/problem';
import { format, longDay } from '@/lib/dates';
import { useDelayed } from '@/lib/delayed';
import { useUser } from '@/lib/user';
import { keys } from '@/lib/query-keys';

type PreviewRequest = components['schemas']['PreviewRequest'];

/** The next dates with their reasons, as computed by the recurrence service. */
export function RecurrencePreview({ request }: { request: PreviewRequest }) {
  const { id } = useUser();
  const settled = useDelayed(request);
  const { data, error } = useQuery({
    queryKey: keys.preview(settled),
    queryFn: ({ signal }) =>
      unwrap(
        api.POST('/api/{user_id}/recurrence/preview', { params: { path: { user_id: id } }, body: settled, signal }),
      ),
    placeholderData: keepPreviousData,
  });
  if (error)
    return (
      <p role="alert" className="text-xs text-danger">
        {explain(error)}
      </p>
    );
  return (
    <section aria-label="The next dates" aria-live="polite" className="rounded-md bg-sunken p-2 text-xs">
      <p className="mb-1 font-medium text-quiet">Next</p>
      <ol className="flex flex-col gap-1">
        {data?.occurrences.map(({ slot, local, reason }) => (
          <li key={slot}>
            <span className="font-medium">{localLabel(local)}</span>
            <span className="text-quiet"> – {reason}</span>
          </li>
        ))}
      </ol>
      {data?.ended_by && <p className="mt-1 text-quiet">Then it ends.</p>}
      {data?.occurrences.length === 0 && <p className="text-quiet">There are no further dates.</p>}
    </section>
  );
}

/** Formats a wall-clock date or time as it is, without conversion to the browser's zone. */
function localLabel(local: string): string {
  if (!local.includes('T')) return longDay(local);
  const wall = new Date(`${local.slice(0, 16)}Z`);
  return format({
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: 'UTC',
  }).format(wall);
}
