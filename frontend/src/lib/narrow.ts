'use client';

import { useSyncExternalStore } from 'react';

/** Below Tailwind's `lg`, the details of a task cover the page instead of standing beside the list. */
const NARROW = '(max-width: 1023.98px)';
/** Below this, sidebar and details beside the list would leave too little of it. */
const CRAMPED = '(max-width: 1199.98px)';
/** Below Tailwind's `md`, the sidebar is a drawer and quick-add a sheet. */
const PHONE = '(max-width: 767.98px)';

export function useIsNarrow(): boolean {
  return useMatches(NARROW);
}

export function useIsCramped(): boolean {
  return useMatches(CRAMPED);
}

export function useIsPhone(): boolean {
  return useMatches(PHONE);
}

/** Not for components: they do not re-render when it changes. */
export function isPhoneNow(): boolean {
  return matchMedia(PHONE).matches;
}

function useMatches(condition: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = matchMedia(condition);
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => matchMedia(condition).matches,
    () => false,
  );
}
