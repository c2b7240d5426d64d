'use client';

import { TimeField } from '@/components/time-field';
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
