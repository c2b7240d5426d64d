'use client';

import dynamic from 'next/dynamic';

/** The details are loaded when a task is first opened: the list does not wait for them. */
export const TaskPane = dynamic(() => import('./task-pane').then((found) => found.TaskPane), { ssr: false });
