'use client';

import { useState, useSyncExternalStore } from 'react';
import { TimeField } from '@/components/time-field';
import { tellFailure } from '@/components/toasts';
import { canNotify, chooseBrowserNotifications, wantsBrowserNotifications } from '@/features/notifications/announce';
import { ReminderSelect } from '@/features/tasks/editors/reminder-select';
import { Group, Setting } from './setting';
import { useChange } from './use-change';

/** When reminders come. */
export function Reminders() {
  const { settings, change } = useChange();
  if (!settings) return null;
  return (
    <Group title="Reminders">
      <Setting label="Reminder of new tasks" hint="For new tasks that are due at a time">
        {(control) => (
          <ReminderSelect
            {...control}
            value={settings.default_reminder_lead_time ?? null}
            onChange={(minutes) => change({ default_reminder_lead_time: minutes })}
          />
        )}
      </Setting>
      <Setting
        label="All-day reminder time"
        hint="When reminders of tasks that are due on a day without a time come, in the time zone of the task"
      >
        {(control) => (
          <TimeField
            {...control}
            value={settings.all_day_reminder_time}
            onCommit={(time) => change({ all_day_reminder_time: time })}
          />
        )}
      </Setting>
    </Group>
  );
}

const nothing = () => () => undefined;

export function BrowserNotifications() {
  const possible = useSyncExternalStore(nothing, canNotify, () => false);
  const [on, setOn] = useState(wantsBrowserNotifications);
  if (!possible) return null;

  async function choose(wanted: boolean): Promise<void> {
    const shown = await chooseBrowserNotifications(wanted);
    setOn(shown);
    if (wanted && !shown)
      tellFailure('This browser does not allow notifications of this page. Allow them in its settings first.');
  }

  return (
    <Group title="This browser">
      <Setting
        isSmall
        label="Show reminders as notifications of this browser"
        hint="While this page is open in the background"
      >
        {(control) => (
          <input
            {...control}
            type="checkbox"
            checked={on}
            onChange={(event) => void choose(event.target.checked)}
            className="size-4 accent-accent"
          />
        )}
      </Setting>
    </Group>
  );
}
