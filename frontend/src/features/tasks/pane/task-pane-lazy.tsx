'use client';

import { laterOverlay } from '@/components/later';
import { openTask } from '@/lib/location';

/** The details are loaded when a task is first opened: the list does not wait for them. */
export const TaskPane = laterOverlay(
  () => import('./task-pane').then((found) => found.TaskPane),
  () => openTask(null),
);
