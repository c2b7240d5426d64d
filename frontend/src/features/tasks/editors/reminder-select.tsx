'use client';

import { Select } from '@/components/field';
import { leadLabel } from '@/features/tasks/data/reminder-labels';

const DAYS = [24 * 60, 2 * 24 * 60, 7 * 24 * 60];
export const LEADS = [0, 5, 10, 15, 30, 60, 120, ...DAYS];
export const ALL_DAY_LEADS = [0, ...DAYS];

interface Props {
  id?: string;
  value: number | null;
  onChange: (minutes: number | null) => void;
}

/** The reminder of new tasks that are due at a time, in minutes before. */
export function ReminderSelect({ value, onChange, ...props }: Props) {
  const leads = value === null || LEADS.includes(value) ? LEADS : [...LEADS, value].sort((a, b) => a - b);
  return (
    <Select
      {...props}
      value={value === null ? '' : String(value)}
      onChange={(event) => onChange(event.target.value === '' ? null : Number(event.target.value))}
    >
      <option value="">No reminder</option>
      {leads.map((minutes) => (
        <option key={minutes} value={minutes}>
          {leadLabel(minutes)}
        </option>
      ))}
    </Select>
  );
}
