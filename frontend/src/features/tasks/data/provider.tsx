'use client';

import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import { useSettings, useZone } from '@/lib/account';
import { isAllDay } from '@/lib/dates';
import { useUser } from '@/lib/user';
import { reminderLabel } from './reminder-labels';
import { setRegion } from '@/lib/region';
import { clock } from './clock';
import type { Here, Reminder } from './model';
import { Sender } from './sender';
import { TaskStore } from './store';

interface Tasks {
  store: TaskStore;
  sender: Sender;
}

const ALL_DAY_REMINDER_TIME = '09:00';
const TasksContext = createContext<Tasks | null>(null);

export function TasksProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const { id } = useUser();
  const zone = useZone();
  const [tasks] = useState(() => {
    const store = new TaskStore(client, hereIn(zone));
    return { store, sender: new Sender(id, store) };
  });
  // The zone is loaded with the settings. The store is kept, because a new store would lose the pending changes.
  useEffect(() => tasks.store.moveTo(hereIn(zone)), [tasks, zone]);
  const settings = useSettings().data;
  useEffect(() => {
    setRegion(settings ?? {});
    clock.set(new Date()); // renders again what is already shown
  }, [settings]);
  return <TasksContext value={tasks}>{children}</TasksContext>;
}

export function useTasks(): Tasks {
  const tasks = use(TasksContext);
  if (!tasks) throw new Error('useTasks is for what is below TasksProvider');
  return tasks;
}

/** Returns the function that labels the reminders of a task with this due date. */
export function useReminderLabel(dueDate: string | null): (reminder: Reminder) => string {
  const timeZone = useZone();
  const at = useSettings().data?.all_day_reminder_time ?? ALL_DAY_REMINDER_TIME;
  const allDayTime = dueDate !== null && isAllDay(dueDate) ? at : null;
  return (reminder) => reminderLabel(reminder, { timeZone, allDayTime });
}

function hereIn(zone: string): () => Here {
  return () => ({ now: new Date(), zone });
}
