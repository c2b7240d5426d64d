/** Loads what is not needed at first once the page is at rest: it is there at a click, and when the connection is gone. */
import { useEffect } from 'react';
import { loadPalette } from './overlays';

const REST_MS = 5000;

const LATER: readonly (() => Promise<unknown>)[] = [
  loadPalette,
  () => import('@/features/tasks/task-pane'),
  () => import('@/features/quick-add/chips'),
  () => import('@/features/tasks/bulk-bar'),
  () => import('@/features/tasks/filter-menu'),
  () => import('@/features/tasks/sort-menu'),
  () => import('@/features/tasks/conflict-dialog'),
  () => import('@/features/tasks/scope-dialog'),
  () => import('@/features/notifications/bell-panel'),
  () => import('./account-menu'),
  () => import('@/features/account/signing-out'),
  () => import('./shortcut-sheet'),
  () => import('./sidebar-drawer'),
];

export function useLoadAhead(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const load of LATER) void load().catch(() => undefined); // asked for again when it is wanted
    }, REST_MS);
    return () => clearTimeout(timer);
  }, []);
}
