'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useExternal } from '@/lib/external';
import { clock } from './clock';
import { keys } from './keys';
import type { Here } from './model';
import { useZone } from './provider';
import { useOverview } from './queries';

const LOOK_MS = 10_000;
/** How long an answer is good whose time has passed already: the clocks of the browser and the server differ. */
const SKEWED_MS = 60_000;

/** Where and when the person is; what is shown of it follows the clock. */
export function useHere(): Here {
  return { now: useExternal(clock), zone: useZone() };
}

/** Moves the clock, and loads lists and numbers again when the server said that they change: no event tells so. */
export function useMoment(): void {
  const client = useQueryClient();
  const { data, dataUpdatedAt } = useOverview();
  const changesAt = data ? Date.parse(data.changes_at) : Infinity;
  useEffect(() => {
    const timer = setInterval(() => {
      const current = new Date();
      clock.set(current);
      const isOld = dataUpdatedAt <= changesAt || current.getTime() - dataUpdatedAt > SKEWED_MS;
      if (current.getTime() <= changesAt || !isOld) return;
      void client.invalidateQueries({ queryKey: keys.lists });
      void client.invalidateQueries({ queryKey: keys.overview });
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [client, changesAt, dataUpdatedAt]);
}
