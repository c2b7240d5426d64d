'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { isAllDay, wallClock } from '@/lib/dates';
import { keys } from './keys';
import type { Task } from './model';
import { useZone } from './provider';

const LOOK_MS = 15_000;

/** Loads the lists of the day anew when a task's time comes or midnight passes: nobody else says so. */
export function useMoment(tasks: readonly Task[]): void {
  const client = useQueryClient();
  const zone = useZone();
  useEffect(() => {
    let last = new Date();
    const timer = setInterval(() => {
      const now = new Date();
      const passed = tasks.some(
        ({ due_date }) => due_date !== null && !isAllDay(due_date) && isBetween(new Date(due_date), last, now),
      );
      if (passed || wallClock(last, zone).day !== wallClock(now, zone).day) {
        void client.invalidateQueries({ queryKey: keys.lists });
        void client.invalidateQueries({ queryKey: keys.overview });
      }
      last = now;
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [client, tasks, zone]);
}

function isBetween(moment: Date, from: Date, to: Date): boolean {
  return moment > from && moment <= to;
}
