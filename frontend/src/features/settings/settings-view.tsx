'use client';

import { useState } from 'react';
import { Failure } from '@/components/failure';
import { Field, Select } from '@/components/field';
import { TimeField } from '@/components/time-field';
import { tell, tellFailure } from '@/components/toasts';
import { ReminderSelect } from '@/features/tasks/editors/reminder-select';
import { explain } from '@/lib/api/problem';
import { chooseTheme, currentTheme } from '@/lib/theme';
import { useUser } from '@/lib/user';
import { zonesWith } from '@/lib/zones';
import { ConnectedApps } from './connected-apps';
import { Devices } from './devices';
import { NotificationSettings } from './notifications/notification-settings';
import { PasswordSection } from './password-section';
import { RegionFields } from './region-fields';
import { type Settings, useSaveSettings, useSettings } from '@/lib/account';

const THEMES = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const;

export function SettingsView() {
  const user = useUser();
  const { data, error, refetch } = useSettings();
  const save = useSaveSettings();
  const change = (settings: Settings) =>
    save.mutate(settings, { onSuccess: () => tell('Saved'), onError: (error) => tellFailure(explain(error)) });
  return (
    <div className="min-h-0 flex-1 overflow-y-auto md:gutters">
      <div className="mx-auto flex max-w-column flex-col gap-6 px-beside pb-16">
        <p className="text-sm text-quiet">
          Signed in as {user.name} ({user.email})
        </p>
        {error && !data && <Failure error={error} onAgain={() => void refetch()} />}
        {data && (
          <>
            <Field
              label="Time zone"
              hint="Today, overdue and the days of the charts are days there. Tasks keep the time zone they have."
            >
              {(control) => (
                <Select
                  {...control}
                  value={data.time_zone}
                  onChange={(event) => change({ ...data, time_zone: event.target.value })}
                >
                  {zonesWith(data.time_zone).map((zone) => (
                    <option key={zone}>{zone}</option>
                  ))}
                </Select>
              )}
            </Field>
            <RegionFields settings={data} onChange={change} />
            <Field label="Reminder of new tasks" hint="For new tasks that are due at a time">
              {(control) => (
                <ReminderSelect
                  {...control}
                  value={data.default_reminder_lead_time ?? null}
                  onChange={(minutes) => change({ ...data, default_reminder_lead_time: minutes })}
                />
              )}
            </Field>
            <Field
              label="All-day reminder time"
              hint="When reminders of tasks that are due on a day without a time come, in the time zone of the task"
            >
              {(control) => (
                <TimeField
                  {...control}
                  value={data.all_day_reminder_time}
                  onCommit={(time) => change({ ...data, all_day_reminder_time: time })}
                />
              )}
            </Field>
          </>
        )}
        <Theme />
        <NotificationSettings />
        <PasswordSection email={user.email} />
        <Devices />
        <ConnectedApps />
      </div>
    </div>
  );
}

function Theme() {
  const [theme, setTheme] = useState(currentTheme);
  return (
    <Field label="Colours">
      {(control) => (
        <Select
          {...control}
          value={theme}
          onChange={(event) => {
            const next = event.target.value as typeof theme;
            chooseTheme(next);
            setTheme(next);
          }}
        >
          {THEMES.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
