'use client';

import { useId, useState } from 'react';
import { Button } from '@/components/button';
import { DayField } from '@/components/day-field';
import { Select } from '@/components/field';
import { RemovableChip } from '@/components/removable-chip';
import { TimeField } from '@/components/time-field';
import type { Reminder } from '@/features/tasks/data/model';
import { same } from '@/features/tasks/data/model';
import { useReminderLabel } from '@/features/tasks/data/provider';
import { useZone } from '@/lib/account';
import { instantOf, isAllDay, longDay, wallClock } from '@/lib/dates';
import { ALL_DAY_LEADS, LEADS } from './reminder-select';

const MOST = 10;
const EVENING_BEFORE: Reminder = { days_before: 1, time: '18:00' };
const AT = 'at';

interface Props {
  reminders: readonly Reminder[];
  dueDate: string | null;
  onChange: (reminders: Reminder[]) => void;
}

/** The reminders of a task, and a list to add one from. */
export function RemindersEditor({ reminders, dueDate, onChange }: Props) {
  const label = useReminderLabel(dueDate);
  const [isDated, setDated] = useState(false);
  const add = (reminder: Reminder) => onChange([...reminders, reminder]);
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-xs font-medium text-quiet">Reminders</legend>
      <div className="flex flex-wrap gap-1">
        {reminders.map((reminder) => (
          <RemovableChip
            key={JSON.stringify(reminder)}
            label={label(reminder)}
            remove={`Remove reminder: ${label(reminder)}`}
            onRemove={() => onChange(reminders.filter((one) => one !== reminder))}
          />
        ))}
      </div>
      {dueDate === null ? (
        <p className="text-xs text-quiet">A reminder needs a due date.</p>
      ) : (
        reminders.length < MOST && (
          <Choices reminders={reminders} dueDate={dueDate} label={label} onAdd={add} onDated={() => setDated(true)} />
        )
      )}
      {isDated && dueDate !== null && (
        <AtInstant
          onAdd={(at) => {
            setDated(false);
            add({ at });
          }}
        />
      )}
    </fieldset>
  );
}

function Choices({
  reminders,
  dueDate,
  label,
  onAdd,
  onDated,
}: {
  reminders: readonly Reminder[];
  dueDate: string;
  label: (reminder: Reminder) => string;
  onAdd: (reminder: Reminder) => void;
  onDated: () => void;
}) {
  const leads = isAllDay(dueDate) ? ALL_DAY_LEADS : LEADS;
  const all: Reminder[] = [...leads.map((minutes_before) => ({ minutes_before })), EVENING_BEFORE];
  const choices = all.filter((choice) => !reminders.some((reminder) => same(reminder, choice)));
  const choose = (value: string) => {
    const choice = choices[Number(value)];
    if (value === AT) onDated();
    else if (choice) onAdd(choice);
  };
  return (
    <Select aria-label="Add a reminder" value="" onChange={(event) => choose(event.target.value)}>
      <option value="">Add a reminder…</option>
      {choices.map((choice, index) => (
        <option key={JSON.stringify(choice)} value={index}>
          {label(choice)}
        </option>
      ))}
      <option value={AT}>On a date, at a time…</option>
    </Select>
  );
}

function AtInstant({ onAdd }: { onAdd: (at: string) => void }) {
  const zone = useZone();
  const [day, setDay] = useState<string | null>(null);
  const [time, setTime] = useState<string | null>('09:00');
  const [isRefused, setRefused] = useState(false);
  const timeId = useId();

  function add(): void {
    if (day === null) return;
    if (time === null || isRefused) document.getElementById(timeId)?.focus();
    else onAdd(instantOf(day, time, zone).toISOString());
  }

  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-xs font-medium text-quiet">Remind on</legend>
      <DayField
        aria-label={day === null ? 'Day of the reminder' : `Day of the reminder: ${longDay(day)}`}
        label="Day of the reminder"
        today={wallClock(new Date(), zone).day}
        value={day}
        onChange={setDay}
      />
      <div className="flex items-start gap-2">
        <TimeField
          id={timeId}
          aria-label="Time of the reminder"
          value={time}
          onCommit={setTime}
          onClear={() => setTime(null)}
          onRefused={setRefused}
        />
        <Button disabled={day === null} onClick={add}>
          Add
        </Button>
      </div>
    </fieldset>
  );
}
