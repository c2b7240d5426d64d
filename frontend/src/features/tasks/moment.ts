'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { isAllDay, wallClock } from '@/lib/dates';
import { useExternal } from '@/lib/external';
import { clock } from './clock';
import { keys } from './keys';
import type { Here, Task } from './model';
import { useZone } from './provider';

const LOOK_MS = 10_000;

/** Where and when the person is; what is shown of it follows the clock. */
export function useHere(): Here {
  return { now: useExternal(clock), zone: useZone() };
}

/** Moves the clock, and loads the lists anew when a task's time comes or midnight passes: nobody else says so. */
export function useMoment(tasks: readonly Task[]): void {
  const client = useQueryClient();
  const zone = useZone();
  const known = useRef(tasks);
  useEffect(() => {
    known.current = tasks;
  }, [tasks]);
  useEffect(() => {
    const timer = setInterval(() => {
      const [last, current] = [clock.get(), new Date()];
      clock.set(current);
      const passed = known.current.some(
        ({ due_date }) => due_date !== null && !isAllDay(due_date) && isBetween(new Date(due_date), last, current),
      );
      if (!passed && wallClock(last, zone).day === wallClock(current, zone).day) return;
      void client.invalidateQueries({ queryKey: keys.lists });
      void client.invalidateQueries({ queryKey: keys.overview });
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [client, zone]);
}

function isBetween(moment: Date, from: Date, to: Date): boolean {
  return moment > from && moment <= to;
}
