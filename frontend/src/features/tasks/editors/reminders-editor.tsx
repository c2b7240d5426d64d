'use client';

import { useState } from 'react';
import { CommittedInput } from '@/components/committed-input';
import { Field, Select } from '@/components/field';
import { RemovableChip } from '@/components/removable-chip';
import type { Reminder } from '@/features/tasks/data/model';
import { same } from '@/features/tasks/data/model';
import { useReminderLabel } from '@/features/tasks/data/provider';
import { useZone } from '@/lib/account';
import { instantOf, isAllDay } from '@/lib/dates';
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
  const commit = (text: string) => {
    const [day, time] = text.split('T');
    if (day && time) onAdd(instantOf(day, time, zone).toISOString());
  };
  return (
    <Field label="Remind on">
      {(control) => (
        <CommittedInput {...control} type="datetime-local" max="2199-12-31T23:59" value="" onCommit={commit} />
      )}
    </Field>
  );
}
