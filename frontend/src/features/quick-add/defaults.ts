'use client';

/** Defaults of a new task from the current view: the date of Today or of a day in Upcoming, the tag of a tag view. */
import { useMemo } from 'react';
import { useHere } from '@/features/tasks/data/moment';
import { wallClock } from '@/lib/dates';
import { External, useExternal } from '@/lib/external';
import { useParameters, useViewName, viewNow } from '@/lib/location';
import type { Defaults } from '@/features/tasks/data/understood';

/** The day under whose heading, or in whose calendar, a task is being added, and the view. */
const addingOn = new External<{ day: string; view: string } | null>(null);

export function addOn(day: string | null): void {
  addingOn.set(day === null ? null : { day, view: viewNow() });
}

/** Whether a task is being added to a day of the view. */
export function useAddingOn(): boolean {
  const view = useViewName();
  return useExternal(addingOn)?.view === view;
}

export function useDefaults(): Defaults {
  const view = useViewName();
  const tag = useParameters().get('name');
  const { now, zone } = useHere();
  const today = wallClock(now, zone).day;
  const adding = useExternal(addingOn);
  return useMemo(() => {
    const tags = view === 'tag' && tag ? { tags: [tag] } : {};
    if (adding?.view === view) return { ...tags, due_date: adding.day };
    return view === 'today' ? { due_date: today } : tags;
  }, [view, today, adding, tag]);
}
