'use client';

import { later } from '@/components/later';

/** The details are loaded when a task is first opened: the list does not wait for them. */
export const TaskPane = later(() => import('./task-pane').then((found) => found.TaskPane));
