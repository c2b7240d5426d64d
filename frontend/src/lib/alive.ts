'use client';

import { useSyncExternalStore } from 'react';

const nothing = () => () => undefined;

/** Whether the scripts have the page by now: before, a form would be sent by the browser and forgotten. */
export function useIsAlive(): boolean {
  return useSyncExternalStore(
    nothing,
    () => true,
    () => false,
  );
}
