'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useExternal } from '@/lib/external';
import { clock } from './clock';
import { keys } from '@/lib/query-keys';
import type { Here } from './model';
import { useZone } from '@/lib/account';
import { useOverview } from './queries';

const LOOK_MS = 10_000;
/** How long an overview is used whose `changes_at` had passed when it arrived: browser and server clocks differ. */
const SKEWED_MS = 60_000;

/** Returns the user's zone and the current time. The component renders again when the clock advances. */
export function useHere(): Here {
  return { now: useExternal(clock), zone: useZone() };
}

/** Advances the clock, and reloads lists and counts once `changes_at` has passed: no event announces that change. */
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
