'use client';

/** The views that show a calendar instead of a list. This browser remembers them. */
import { useIsAlive } from './alive';
import { External, useExternal } from './external';

const STORED = 'calendars';
const calendars = new External<readonly string[]>(stored());

/** False until the page is alive: the server renders lists. */
export function useIsCalendar(view: string): boolean {
  const names = useExternal(calendars);
  return useIsAlive() && names.includes(view);
}

export function toggleCalendar(view: string): void {
  calendars.set((names) => (names.includes(view) ? names.filter((name) => name !== view) : [...names, view]));
  try {
    localStorage.setItem(STORED, calendars.get().join(' '));
  } catch {
    // the browser has no storage: remembered until the page closes
  }
}

function stored(): readonly string[] {
  try {
    return (localStorage.getItem(STORED) ?? '').split(' ').filter(Boolean);
  } catch {
    return []; // no storage, or on the server
  }
}
