'use client';

/** Defaults of a new task from the current view: the date of Today or of a day in Upcoming, the tag of a tag view. */
import { useMemo } from 'react';
import { useHere } from '@/features/tasks/data/moment';
import { wallClock } from '@/lib/dates';
import { External, useExternal } from '@/lib/external';
import { useParameters, useViewName } from '@/lib/location';
import type { Defaults } from '@/features/tasks/data/understood';

/** The day in Upcoming under whose heading a task is being added. */
const addingOn = new External<string | null>(null);

export function addOn(day: string | null): void {
  addingOn.set(day);
}

/** Whether a task is being added under the heading of a day. */
export function useAddingOn(): boolean {
  const view = useViewName();
  return useExternal(addingOn) !== null && view === 'upcoming';
}

export function useDefaults(): Defaults {
  const view = useViewName();
  const tag = useParameters().get('name');
  const { now, zone } = useHere();
  const today = wallClock(now, zone).day;
  const day = useExternal(addingOn);
  return useMemo(() => {
    if (view === 'today') return { due_date: today };
    if (view === 'upcoming' && day !== null) return { due_date: day };
    return view === 'tag' && tag ? { tags: [tag] } : {};
  }, [view, today, day, tag]);
}
