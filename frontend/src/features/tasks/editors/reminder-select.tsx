'use client';

import { Select } from '@/components/field';
import { isAllDay } from '@/lib/dates';
import { useReminderLabel } from '@/features/tasks/data/provider';

const DAYS = [24 * 60, 2 * 24 * 60, 7 * 24 * 60];
const LEADS = [0, 5, 10, 15, 30, 60, 120, ...DAYS];
const ALL_DAY_LEADS = [0, ...DAYS];

interface Props {
  id?: string;
  value: number | null;
  /** The task's due date; null for the default in the settings, which is for timed tasks. */
  dueDate: string | null;
  disabled?: boolean;
  onChange: (minutes: number | null) => void;
}

export function ReminderSelect({ value, dueDate, onChange, ...props }: Props) {
  const label = useReminderLabel(dueDate);
  const usual = dueDate !== null && isAllDay(dueDate) ? ALL_DAY_LEADS : LEADS;
  const leads = value === null || usual.includes(value) ? usual : [...usual, value].sort((a, b) => a - b);
  return (
    <Select
      {...props}
      value={value === null ? '' : String(value)}
      onChange={(event) => onChange(event.target.value === '' ? null : Number(event.target.value))}
    >
      <option value="">No reminder</option>
      {leads.map((minutes) => (
        <option key={minutes} value={minutes}>
          {label(minutes)}
        </option>
      ))}
    </Select>
  );
}
