'use client';

import { useSyncExternalStore } from 'react';

const nothing = () => () => undefined;

/** Whether the page is hydrated. Before that, the browser would submit a form itself and its content would be lost. */
export function useIsAlive(): boolean {
  return useSyncExternalStore(
    nothing,
    () => true,
    () => false,
  );
}
