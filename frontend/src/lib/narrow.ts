'use client';

import { useSyncExternalStore } from 'react';

/** Below Tailwind's `lg`, the details of a task cover the page instead of standing beside the list. */
const NARROW = '(max-width: 1023.98px)';

export function useIsNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = matchMedia(NARROW);
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => matchMedia(NARROW).matches,
    () => false,
  );
}
